/**
 * The demo company. Everything in it was done by the product's own operations, on the days on which it is said to have
 * happened: the seed cannot make what the rules forbid. Run on an empty database.
 */
import { foundHouse } from '#services/accounts/founding.ts'
import { inviteMember } from '#services/accounts/invitations.ts'
import { joinAsNewcomer } from '#services/accounts/joining.ts'
import { createOrganisation } from '#services/accounts/organisations.ts'
import { personOfSession } from '#services/accounts/sessions.ts'
import { addToCollection, createCollection } from '#services/catalog/collections.ts'
import type { Actor, Person, Role } from '#services/kernel/actor.ts'
import { installDefaults } from '#services/licensing/defaults.ts'
import type { House } from '#services/platform/house.ts'
import { changeUpstream } from './demo/changes.ts'
import { companies, demoPassword, houseDetails, staff, type CastMember } from './demo/cast.ts'
import { talkAboutDust } from './demo/discussion.ts'
import { exchangeFiles } from './demo/exchange.ts'
import { planAhead } from './demo/clearance.ts'
import { askAndOpenDoors } from './demo/guests.ts'
import { handOutKits } from './demo/kits.ts'
import { leaveOneWaiting, stockLibrary, type Library } from './demo/library.ts'
import { planTheParade } from './demo/life.ts'
import { borrowForLayout, chooseTogether } from './demo/lightboxes.ts'
import { lowerAndWiden } from './demo/money.ts'
import { offerPacks } from './demo/packs.ts'
import { routeReviews } from './demo/reviews.ts'
import { trade } from './demo/sales.ts'
import { lookInVain } from './demo/searches.ts'
import { bringACropAgain } from './demo/duplicates.ts'
import { takeInAgencyPictures } from './demo/file-metadata.ts'
import { keepFields } from './demo/schemas.ts'
import { suggestWords } from './demo/suggestions.ts'
import { pairPictures } from './demo/twins.ts'
import { beginStory, sure, type Outside, type Story } from './demo/story.ts'
import { fillDesk } from './demo/worklist.ts'

/** Whom one can sign in as, for the table at the end of the demo's start. */
export const demoPeople = [...staff, ...companies.flatMap((company) => company.people)].map(({ email, what }) => ({ email, password: demoPassword, what }))

async function join(story: Story, houseId: string, member: CastMember): Promise<Person> {
  const guest = story.as({ kind: 'guest', houseId })
  const token = (await story.linkIn(member.email, '/join/')).slice('/join/'.length)
  const { secret } = sure(await joinAsNewcomer(guest, { token, name: member.name, password: demoPassword, ip: `demo:${member.key}`, userAgent: null }), `let ${member.name} in`)
  const person = await personOfSession(guest, secret)
  if (!person) throw new Error(`${member.name} has no seat`)
  return person
}

async function curate(story: Story, librarian: Actor, library: Library): Promise<void> {
  const ctx = story.as(librarian)
  const shelves: { title: string; description: string; pieces: string[] }[] = [
    { title: 'Forms of nature', description: 'Plants as Karl Blossfeldt saw them in 1928, and one that arithmetic grew.', pieces: ['acanthus-mollis', 'allium-oreophilum', 'seed-head'] },
    { title: 'First landscapes', description: 'Photographers who carried a darkroom up a mountain or down a canyon.', pieces: ['french-alpine-landscape', 'black-canyon', 'nagasaki-boats', 'march-pastoral', 'dust-bowl-home', 'seven-ridges'] },
    { title: 'Drawn by rule', description: 'Pictures that follow from one sentence and a seed. Made in the house.', pieces: ['quarter-turns', 'tidal-currents', 'island-survey', 'summer-weave', 'seven-ridges', 'seed-head'] },
    { title: 'Studies in motion', description: 'A cat, an aeroplane and a tide.', pieces: ['locomotion-house-cat', 'airplane-from-above', 'tidal-currents'] },
  ]
  for (const { pieces, ...shelf } of shelves) {
    const { collectionId } = await createCollection(ctx, { ...shelf, featured: true })
    for (const piece of pieces) sure(await addToCollection(ctx, { collectionId, assetId: library.get(piece) ?? '' }), `put ${piece} on a shelf`)
  }
}

export async function seedDemo(house: House, outside: Outside): Promise<void> {
  const story = await beginStory(house, outside)
  await story.day(-430)
  const [founder, ...colleagues] = staff
  if (!founder) throw new Error('nobody founds the house')
  const { houseId } = sure(await foundHouse(story.as({ kind: 'system', houseId: '', name: 'founding' }), { ...houseDetails, administrator: founder }), 'found the house')
  const cast: Record<string, Person> = { [founder.key]: await join(story, houseId, founder) }
  const admin = story.as(cast[founder.key] as Person)
  await installDefaults(admin)
  const seat = async (orgId: string, member: CastMember) => {
    sure(await inviteMember(admin, { orgId, email: member.email, name: member.name, roles: member.roles as Role[] }), `invite ${member.name}`)
    cast[member.key] = await join(story, houseId, member)
  }
  for (const member of colleagues) await seat(houseId, member)

  await story.day(-425)
  const { lena, jonas, maren } = cast as Record<string, Person>
  if (!lena || !jonas || !maren) throw new Error('the house is not complete')
  const hands = { librarian: lena, reviewer: jonas, rightsManager: maren }
  const library = await stockLibrary(story, hands)
  await story.day(-424)
  await curate(story, lena, library)

  await story.day(-400)
  for (const { people, key: _key, ...company } of companies) {
    const { orgId } = sure(await createOrganisation(admin, { ...company, currency: 'EUR', email: people[0]?.email }), `welcome ${company.name}`)
    for (const member of people) await seat(orgId, member)
  }
  await handOutKits(story, cast, library)
  await trade(story, cast, library)
  await lowerAndWiden(story, cast, library)
  await story.day(0, 8)
  await leaveOneWaiting(story, hands, library)
  await planTheParade(story, hands)
  await routeReviews(story, { lena, jonas, maren, ida: cast['ida'] as Person, astrid: cast['astrid'] as Person })
  await fillDesk(story, maren, library)
  await planAhead(story, [maren, cast['clara'] as Person])
  await changeUpstream(story, maren, library)
  await exchangeFiles(story, maren, library)
  await pairPictures(story, maren, library)
  await bringACropAgain(story, lena)
  await takeInAgencyPictures(story, lena)
  await lookInVain(story, lena)
  await keepFields(story, lena, library)
  await talkAboutDust(story, hands, library)
  await suggestWords(story, lena)
  await offerPacks(story, maren)
  await chooseTogether(story, cast['clara'] as Person, cast['tom'] as Person, library)
  await borrowForLayout(story, cast['clara'] as Person, library, 'seven-ridges')
  await askAndOpenDoors(story, lena, cast['nora'] as Person)
  await story.end()
}
