import type { Person } from '#services/kernel/actor.ts'
import { takeComp } from '#services/licensing/comps.ts'
import { comment, resolveThread } from '#services/lightboxes/comments.ts'
import { addToBox, noteItem } from '#services/lightboxes/items.ts'
import { createBox } from '#services/lightboxes/lightboxes.ts'
import { commentInput } from '#services/lightboxes/schema.ts'
import { shareWith } from '#services/lightboxes/sharing.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** A layout file, taken on the day that the story has reached. */
export async function borrowForLayout(story: Story, person: Person, library: Library, piece: string): Promise<void> {
  sure(await takeComp(story.as(person), { assetId: library.get(piece) ?? '' }), `take a layout file of ${piece}`)
}

/** Two people choose pictures for a campaign, and do not agree on all of them. */
export async function chooseTogether(story: Story, clara: Person, tom: Person, library: Library): Promise<void> {
  const hers = story.as(clara)
  const his = story.as(tom)
  const { boxId } = sure(await createBox(hers, null, { name: 'Herbstkatalog 2027', note: 'Umschlag und drei Aufmacher. Entscheidung bis Freitag.' }), 'begin a lightbox')
  for (const piece of ['seven-ridges', 'french-alpine-landscape', 'black-canyon', 'march-pastoral', 'tidal-currents', 'island-survey'])
    sure(await addToBox(hers, null, { boxId, assetId: library.get(piece) ?? '' }), `collect ${piece}`)
  sure(await noteItem(hers, null, boxId, { assetId: library.get('seven-ridges') ?? '', note: 'Umschlag?' }), 'write a note')
  sure(await shareWith(hers, boxId, { userId: tom.userId, right: 'EDIT' }), 'share a lightbox')
  const say = async (ctx: typeof hers, body: string, more: { assetId?: string; parentId?: string; mentions?: string[] } = {}) =>
    sure(await comment(ctx, boxId, { kind: 'person', token: null }, commentInput.parse({ body, ...more })), 'comment').commentId
  const first = await say(hers, 'Für den Umschlag brauchen wir Ruhe oben links, wegen des Titels.', { assetId: library.get('seven-ridges') ?? '', mentions: [tom.userId] })
  await say(his, 'Passt. Ich setze es heute ins Layout.', { parentId: first })
  const second = await say(his, 'Zu dunkel für den Druck auf Naturpapier?', { assetId: library.get('black-canyon') ?? '' })
  await say(hers, 'Probedruck liegt auf deinem Tisch, geht gut.', { parentId: second })
  sure(await resolveThread(hers, null, boxId, { commentId: second, resolved: true }), 'resolve a thread')
  await say(his, 'Sollen wir noch etwas ohne Berge dazunehmen?')
}
