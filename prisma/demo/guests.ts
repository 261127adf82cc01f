import { askForAsset, assignBrief, moveBrief } from '#services/briefs/briefs.ts'
import { askBriefForm } from '#services/briefs/schema.ts'
import { makeGuestLink } from '#services/intake/guest-links.ts'
import { guestLinkForm } from '#services/intake/schema.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays, dayOf } from '#services/kernel/period.ts'
import { sure, type Story } from './story.ts'

/** One link is open for a photographer, one brief waits for the desk, and another is being made by whoever holds the link. */
export async function askAndOpenDoors(story: Story, librarian: Person, partner: Person): Promise<void> {
  const desk = story.as(librarian)
  const hers = story.as(partner)
  const today = dayOf(desk.clock.now(), 'Europe/Berlin')
  const { briefId } = sure(
    await askForAsset(
      hers,
      askBriefForm.parse({
        title: 'Porträt einer Barista',
        outcome: 'Drei Porträts im Querformat, ruhiges Licht, Maschine im Hintergrund unscharf. Eines mit Platz für Text links.',
        placement: 'Herbstkampagne: Website und Plakat in Deutschland und Österreich, ab Januar ein Jahr.',
        dueOn: addDays(today, 12),
        budget: 1800,
        links: 'https://example.org/moodboard',
      }),
    ),
    'ask for a portrait',
  )
  sure(await moveBrief(desk, briefId, { verb: 'accept' }), 'accept a brief')
  const { linkId } = sure(
    await makeGuestLink(
      desk,
      guestLinkForm.parse({
        name: 'Barista portraits, Ada Meyer',
        message: 'All frames of the shoot, please, in full resolution.\nReleases of the people shown can be attached.',
        password: 'river-under-snow',
        endsOn: addDays(today, 14),
        mostFiles: 200,
        mostGigabytes: 20,
        asks: ['source', 'licence', 'releases'],
      }),
    ),
    'open a guest link',
  )
  sure(await assignBrief(desk, briefId, { to: linkId, words: 'Ada photographs on Tuesday.' }), 'give a brief to a photographer')
  sure(
    await askForAsset(
      hers,
      askBriefForm.parse({
        title: 'Kurzer Film: Milch trifft Espresso',
        outcome: 'Zehn Sekunden, Zeitlupe, ohne Ton, als Schleife.',
        placement: 'Startseite und soziale Medien.',
        dueOn: addDays(today, 30),
      }),
    ),
    'ask for a film',
  )
}
