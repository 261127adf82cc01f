import { afterAll, beforeAll, expect, test } from 'vitest'
import { embargoAsset } from '#services/assets/life.ts'
import { keepSelection } from '#services/assets/selections.ts'
import { answerThread, openThread } from '#services/discussion/threads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addToBox } from '#services/lightboxes/items.ts'
import { createBox } from '#services/lightboxes/lightboxes.ts'
import { approveReview, submitAsset } from '#services/review/reviews.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { underContract, wholeWorld } from '#services/testing/desk.ts'
import { aHeldLicence, aKit } from '#services/testing/held-licences.ts'
import { followFacts } from '#services/testing/reactions.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { answering } from './http/answer.server.ts'
import { sealing } from './http/edge/sealing.server.ts'
import { addresses } from './testing/whole.ts'

/** Stands in every word that describes the picture, and nowhere else. */
const planted = 'quillwort'
const typed = planted.slice(0, -2)

type Ask = (args: never) => unknown
/**
 * What may say the words all the same. The trail, its reports and what was signed are proof: who audits reads them as they
 * were written, and what a customer holds a licence of was shown to the world.
 */
const proof = /^\/(compliance\/|verify\/|licences\/:licenceId\/(certificate|odrl)|rights\/licences\/:licenceId$)/

let t: TestDb
let ctx: TestContext
let librarian: Person
let stranger: Person
let ids: Record<string, string>
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  const { id: houseId } = await aHouse(ctx)
  librarian = await aPerson(ctx, { houseId, roles: ['LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'AUDITOR', 'CONTRIBUTOR', 'FINANCE'] })
  stranger = await aPerson(ctx, { houseId, roles: ['REVIEWER', 'CONTRIBUTOR', 'FINANCE', 'AUDITOR'] })
  ids = await plant(houseId)
})
afterAll(() => t[Symbol.asyncDispose]())

const sure = <T>(outcome: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}

/** A picture that the whole house knew, in every place that knows pictures, before it was put under an embargo. */
async function plant(houseId: string): Promise<Record<string, string>> {
  const [lib, other] = [asActor(ctx, librarian), asActor(ctx, stranger)]
  const at = ctx.clock.now()
  const asset = await anAsset(ctx, {
    houseId,
    title: `A ${planted} pavilion`,
    keywords: [planted],
    createdById: stranger.userId,
    held: false,
  })
  await underContract(lib, asset.id, 'A-17', null)
  const assetId = asset.id
  const fromId = asset.currentVersionId ?? ''
  const words = {
    altText: `A ${planted} from above`,
    description: `How the ${planted} grows`,
    creator: `Ada ${planted}`,
    creditLine: `${planted} press`,
    source: `${planted} archive`,
    iptc: { headline: planted, extendedDescription: planted },
  }
  await t.db.asset.update({ where: { id: assetId }, data: words })
  await t.db.assetVersion.update({
    where: { id: fromId },
    data: { fileName: `${planted}-1.jpg`, note: planted, embedded: { title: planted, description: planted } },
  })
  const { mediaType, byteSize, sha256, crc32, storageKey, width, height } = await t.db.assetVersion.findUniqueOrThrow({
    where: { id: fromId },
  })
  const toId = `${fromId}b`
  await t.db.assetVersion.create({
    data: {
      ...{ id: toId, houseId, assetId, number: 2, mediaType, byteSize, sha256, crc32, storageKey, width, height },
      ...{ fileName: `${planted}-2.jpg`, embedded: { title: `${planted} anew` }, processing: 'READY', createdAt: at },
    },
  })
  await t.db.asset.update({ where: { id: assetId }, data: { currentVersionId: toId } })
  await t.db.fileMetadata.create({
    data: {
      versionId: toId,
      houseId,
      assetId,
      found: { xmp: { 'dc:title': planted } },
      origins: {},
      disputes: [],
      keptFields: [],
      readAt: at,
    },
  })
  await t.db.pictureText.create({
    data: { versionId: toId, houseId, assetId, outcome: 'TEXT', algorithm: 1, text: planted, lines: [{ text: planted }], readAt: at },
  })
  const { threadId, commentId } = sure(
    await openThread(lib, { versionId: toId, body: `The ${planted} is too dark`, mark: null, mentions: [] }),
  )
  const { reviewId } = sure(await submitAsset(lib, { assetId, note: `The ${planted} again` }))
  sure(await approveReview(other, { reviewId, reason: '' }))
  const { id: selectionId } = sure(await keepSelection(other, { ids: [assetId] }))
  await t.db.libraryTrayItem.create({ data: { houseId, userId: stranger.userId, assetId, position: 0, addedAt: at } })
  const { boxId } = sure(await createBox(other, null, { name: 'A box', note: '' }))
  sure(await addToBox(other, null, { assetId, boxId }))
  const { id: orgId } = await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })
  const { id: licenceId } = await aHeldLicence(ctx, { asset: { ...asset, ...words }, orgId, terms: wholeWorld })
  const { id: kitId } = await aKit(ctx, { houseId, assets: [asset] })
  await followFacts(ctx)
  sure(
    await embargoAsset(lib, {
      assetId,
      endsOn: '2027-01-01T09:00',
      becomes: 'PUBLISHED',
      people: [],
      reason: `The ${planted} is a surprise`,
    }),
  )
  // Said after the embargo, to somebody who took part before it.
  sure(
    await answerThread(lib, {
      threadId,
      versionId: toId,
      body: `No, the ${planted} is @${stranger.name}`,
      mentions: [stranger.userId],
      reopen: false,
    }),
  )
  return {
    assetId,
    versionId: toId,
    fromId,
    toId,
    threadId,
    commentId,
    reviewId,
    selectionId,
    boxId,
    licenceId,
    kitId,
    rendition: 'web',
    preset: 'page',
  }
}

/** What is asked beside the address, without the word itself: pages repeat what was asked. */
const questions: Readonly<Record<string, readonly string[]>> = {
  '/library': ['', '?state=EMBARGOED', `?text=${typed}`],
  '/library/complete': [`?typed=${typed}`, `?field=creator&typed=ada`],
  '/library/keywords': [`?typed=${typed}`],
  '/search': [`?q=${typed}`],
  '/search/suggest': [`?q=${typed}`],
  '/library/review': ['', '?tab=all', '?view=board&tab=all', '?tab=done'],
  '/library/review/calendar': ['', '?tab=all'],
  '/clearance': ['', `?q=${typed}`],
  '/library/assets/:assetId/compare': ['', '?from=1&to=2'],
  '/library/assets/:assetId/metadata': ['', '?show=all'],
}

const text = (answer: unknown): string =>
  JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)) ?? ''

async function said(as: Person, loader: Ask, address: string, question: string): Promise<string> {
  const names = [...address.matchAll(/:(\w+)\??/g)].map((match) => match[1] ?? '')
  const params = Object.fromEntries(names.map((name) => [name, ids[name] ?? 'nothing']))
  const url = address.replace(/:(\w+)\??/g, (_, name: string) => params[name] ?? '') + question
  const args = await asked(ctx, url, { as, params })
  try {
    const answer = await answering(sealing(loader as never))(args as never)
    return answer instanceof Response ? await answer.text() : text(answer)
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.text()
    // A page that this small world cannot fill says nothing; those that must be filled are named below.
    return ''
  }
}

/** The addresses at which somebody reads the planted word. */
async function read(as: Person): Promise<string[]> {
  const found: string[] = []
  for (const { address, file } of addresses) {
    const { loader } = (await import(file)) as { loader?: Ask }
    if (!loader) continue
    for (const question of questions[address] ?? ['']) {
      const words = await said(as, loader, address, question)
      const at = words.toLowerCase().indexOf(planted)
      if (at >= 0) found.push(`${address}${question}: ${words.slice(Math.max(0, at - 80), at + 40)}`)
    }
  }
  return found
}

test(
  'at no address does the staff that an embargo does not name read a word that describes the picture',
  { timeout: 240_000 },
  async () => {
    expect((await read(stranger)).filter((line) => !proof.test(line.split(': ')[0] ?? ''))).toEqual([])
  },
)

test('and who keeps the library reads it where it stands: the walk finds what there is to find', { timeout: 240_000 }, async () => {
  const addresses = new Set((await read(librarian)).map((line) => (line.split(': ')[0] ?? '').split('?')[0]))
  for (const address of [
    '/library',
    '/library/complete',
    '/library/keywords',
    '/library/assets/:assetId',
    '/library/assets/:assetId/metadata',
    '/library/assets/:assetId/discussion',
    '/library/assets/:assetId/versions',
    '/library/assets/:assetId/compare',
    '/library/assets/:assetId/life',
    '/library/review/:reviewId',
    '/library/kits/:kitId',
    '/rights/assets/:assetId',
  ])
    expect([...addresses]).toContain(address)
})

test('no letter tells it either, and nobody joins a conversation about it', async () => {
  await followFacts(ctx)
  const letters = await t.db.mailMessage.findMany({ where: { toAddress: stranger.email, createdAt: { gte: ctx.clock.now() } } })
  expect(text(letters.filter(({ key }) => key.startsWith('discussion:')))).not.toContain(planted)
  const other = asActor(ctx, stranger)
  const say = { body: 'And I?', mentions: [], versionId: ids['versionId'] ?? '' }
  await expect(openThread(other, { ...say, mark: null })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(answerThread(other, { ...say, threadId: ids['threadId'] ?? '', reopen: false })).rejects.toMatchObject({ code: 'forbidden' })
})
