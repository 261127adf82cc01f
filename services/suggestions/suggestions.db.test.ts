import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { searchLibrary } from '#services/catalog/library-search.ts'
import { readLibraryWish } from '#services/catalog/rules/library-wish.ts'
import type { Person } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { testContext, asActor, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { decideSuggestions, undoSuggestions } from './deciding.ts'
import { suggestFor, overtake } from './making.ts'
import { lookAt, sweepUnread } from './reading.ts'
import { switchReading } from './settings.ts'
import { suggestionsDesk, suggestionsOf } from './views.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => void (ctx = testContext((t = await testDb()).db, { media: childMedia() })))
afterAll(async () => t[Symbol.asyncDispose]())

interface World {
  houseId: string
  lena: Person
  by: TestContext
  system: TestContext
}
async function world(): Promise<World> {
  const { id: houseId } = await aHouse(ctx)
  const lena = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  return { houseId, lena, by: asActor(ctx, lena), system: asActor(ctx, { kind: 'system', houseId, name: 'test' }) }
}
const named = async (w: World, fileName: string, fields: Partial<Parameters<typeof anAsset>[1]> = {}) => {
  const asset = await anAsset(ctx, { houseId: w.houseId, state: 'DRAFT', keywords: [], ...fields })
  await t.db.assetVersion.update({ where: { id: asset.currentVersionId ?? '' }, data: { fileName } })
  return asset
}
const openOf = (assetId: string, field?: string) =>
  t.db.suggestion.findMany({ where: { assetId, state: 'OPEN', ...(field && { field }) }, orderBy: [{ confidence: 'desc' }, { id: 'asc' }] })
const found = async (w: World, text: string) => (await searchLibrary(w.by, { ...readLibraryWish(new URLSearchParams()), text })).ids
const one = { all: false, least: 0 }

test('never on rights: the database takes no suggestion about whose a picture is or what may be done with it', async () => {
  const w = await world()
  const asset = await named(w, 'a.jpg')
  const at = ctx.clock.now()
  const write = (field: string) =>
    t.db.suggestion.create({
      data: {
        id: newId('sug', at),
        houseId: w.houseId,
        assetId: asset.id,
        versionId: asset.currentVersionId ?? '',
        field,
        value: 'x',
        plain: 'x',
        label: 'x',
        source: 'SEEN',
        tagger: 'test',
        confidence: 0.5,
        madeAt: at,
      },
    })
  for (const field of [
    'creator',
    'creditLine',
    'copyrightNotice',
    'source',
    'editorialOnly',
    'sellsRoyaltyFree',
    'showsPeople',
    'usageTerms',
    'priceFactorBp',
  ])
    await expect(write(field), field).rejects.toThrow(/suggestion_describes/)
  await expect(write('own.creator')).rejects.toThrow(/suggestion_fits_its_house/)
  await expect(write('keywords')).resolves.toMatchObject({ state: 'OPEN' })
  const other = await world()
  await expect(t.db.suggestion.updateMany({ where: { assetId: asset.id }, data: { houseId: other.houseId } })).rejects.toThrow(
    /suggestion_fits_its_house/,
  )
})

describe('what is suggested', () => {
  test('words of the file name that the house knows, in either language, as the term itself; what it has is not suggested', async () => {
    const w = await world()
    const at = ctx.clock.now()
    const vocabulary = await t.db.vocabulary.create({
      data: { id: newId('voc', at), houseId: w.houseId, code: 'places', name: 'Places', tree: false, createdAt: at, changedAt: at },
    })
    await t.db.vocabularyTerm.create({
      data: {
        id: newId('trm', at),
        houseId: w.houseId,
        vocabularyId: vocabulary.id,
        code: 'harbour',
        label: 'harbour',
        labelDe: 'Hafen',
        altLabels: ['port'],
        createdAt: at,
        changedAt: at,
      },
    })
    const asset = await named(w, 'IMG_2043_Häfen-boats.jpg')
    await named(w, 'x.jpg', { keywords: ['Boats', 'fog'] })
    const port = await named(w, 'old-port.jpg')
    await suggestFor(w.system, asset.id)
    expect((await openOf(asset.id)).map(({ value, source }) => [value, source]).sort()).toEqual([
      ['Boats', 'FILE_NAME'],
      ['harbour', 'FILE_NAME'],
    ])
    await suggestFor(w.system, port.id)
    expect((await openOf(port.id)).map(({ value }) => value)).toEqual(['harbour'])
    const has = await named(w, 'harbour.jpg', { keywords: ['Harbour'] })
    expect(await suggestFor(w.system, has.id)).toBe(0)
  })

  test('a term of a vocabulary that an own field chooses from belongs into that field, and is written there', async () => {
    const w = await world()
    const at = ctx.clock.now()
    const voc = newId('voc', at)
    await t.db.vocabulary.create({
      data: { id: voc, houseId: w.houseId, code: 'seasons', name: 'Seasons', tree: false, createdAt: at, changedAt: at },
    })
    const term = await t.db.vocabularyTerm.create({
      data: { id: newId('trm', at), houseId: w.houseId, vocabularyId: voc, code: 'winter', label: 'Winter', createdAt: at, changedAt: at },
    })
    const field = await t.db.ownField.create({
      data: {
        id: newId('fld', at),
        houseId: w.houseId,
        code: 'season',
        kinds: ['PHOTOGRAPH'],
        type: 'CHOICES',
        label: 'Season',
        vocabularyId: voc,
        createdAt: at,
        changedAt: at,
      },
    })
    const asset = await named(w, 'winter-market.jpg')
    await suggestFor(w.system, asset.id)
    const [open] = await openOf(asset.id)
    expect(open).toMatchObject({ field: `own.${field.id}`, value: term.id, label: 'Winter' })
    const page = await suggestionsOf(w.by, asset.id)
    expect(page?.open).toMatchObject([{ fieldLabel: 'Season', why: 'from the file name' }])
    expect(await decideSuggestions(w.by, { ...one, assetId: asset.id, verdict: 'accept', ids: [open?.id ?? ''] })).toMatchObject({
      ok: true,
    })
    expect(await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })).toMatchObject({ customFields: { [field.id]: [term.id] } })
    expect(await undoSuggestions(w.by, { assetId: asset.id, ids: [open?.id ?? ''] })).toMatchObject({ ok: true })
    expect(await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })).toMatchObject({ customFields: {} })
  })

  test('what pictures of the same shoot are described by, but for those under an embargo and of other houses', async () => {
    const w = await world()
    const day = { creator: 'Ada Meyer', dateCreated: '2026-05-04' }
    const shot = async (keywords: string[], house = w) => {
      const asset = await named(house, 'DSC0001.jpg', { keywords })
      await t.db.asset.update({ where: { id: asset.id }, data: day })
      return asset
    }
    const asset = await shot([])
    for (let n = 0; n < 3; n++) await shot(['crane', 'fog'])
    await shot(['rope'])
    await shot(['elsewhere'], await world())
    // One more voter for fog, that nobody may hear.
    const secret = await named(w, 'DSC0002.jpg', { keywords: ['secret', 'fog'], state: 'EMBARGOED' })
    await t.db.asset.update({ where: { id: secret.id }, data: day })
    await suggestFor(w.system, asset.id)
    expect((await openOf(asset.id)).map(({ value, source, voters }) => [value, source, voters]).sort()).toEqual([
      ['crane', 'SHOOT', 3],
      ['fog', 'SHOOT', 3],
    ])
  })

  test('a word that was refused for it does not come again; one that the house keeps refusing is not pressed on other pictures', async () => {
    const w = await world()
    await named(w, 'x.jpg', { keywords: ['boats'] })
    const asset = await named(w, 'boats.jpg')
    await suggestFor(w.system, asset.id)
    expect(await decideSuggestions(w.by, { assetId: asset.id, verdict: 'refuse', ids: [], all: true, least: 0 })).toMatchObject({
      ok: true,
      value: { labels: ['boats'] },
    })
    expect(await suggestFor(w.system, asset.id)).toBe(0)
    expect(await t.db.suggestion.findFirstOrThrow({ where: { assetId: asset.id } })).toMatchObject({
      state: 'REFUSED',
      decidedById: w.lena.userId,
    })
    const sure: number[] = []
    for (let n = 0; n < 10; n++) {
      const next = await named(w, 'boats.jpg')
      await suggestFor(w.system, next.id)
      const [open] = await openOf(next.id)
      if (!open) break
      sure.push(open.confidence)
      await decideSuggestions(w.by, { ...one, assetId: next.id, verdict: 'refuse', ids: [open.id] })
    }
    expect(sure.length).toBeLessThan(10)
    expect([...sure].sort((a, b) => b - a)).toEqual(sure)
  })
})

describe('a person answers', () => {
  test('accepting writes by the record’s edit and states both facts; undo takes back exactly that', async () => {
    const w = await world()
    await named(w, 'x.jpg', { keywords: ['boats', 'fog'] })
    const asset = await named(w, 'boats-fog.jpg', { keywords: ['dawn'] })
    await suggestFor(w.system, asset.id)
    const [first, second] = await openOf(asset.id)
    expect(
      await decideSuggestions(w.by, { ...one, assetId: asset.id, verdict: 'accept', ids: [first?.id ?? '', second?.id ?? ''] }),
    ).toMatchObject({ ok: true })
    const { keywords } = await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })
    expect([...keywords].sort()).toEqual(['boats', 'dawn', 'fog'])
    const facts = await t.db.auditFact.findMany({ where: { subjectId: asset.id }, select: { type: true } })
    expect(facts.map(({ type }) => type).sort()).toEqual(['asset.edited', 'suggestion.accepted'])
    expect(await undoSuggestions(w.by, { assetId: asset.id, ids: [first?.id ?? ''] })).toMatchObject({ ok: true, value: { reopened: 1 } })
    expect((await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })).keywords).toEqual(['dawn', second?.value])
    expect(await undoSuggestions(w.by, { assetId: asset.id, ids: [first?.id ?? ''] })).toMatchObject({ ok: false, error: 'not-decided' })
  })

  test('two at once: one decides, the other hears that it was decided', async () => {
    const w = await world()
    await named(w, 'x.jpg', { keywords: ['boats'] })
    const asset = await named(w, 'boats.jpg')
    await suggestFor(w.system, asset.id)
    const ids = (await openOf(asset.id)).map(({ id }) => id)
    const [a, b] = await Promise.all(
      (['accept', 'refuse'] as const).map((verdict) => decideSuggestions(w.by, { ...one, assetId: asset.id, verdict, ids })),
    )
    expect([a, b].filter((outcome) => outcome?.ok)).toHaveLength(1)
    expect([a, b].find((outcome) => !outcome?.ok)).toMatchObject({ error: 'already-decided' })
    expect(await t.db.auditFact.count({ where: { subjectId: asset.id, type: { startsWith: 'suggestion.' } } })).toBe(1)
    const undone = await Promise.all([1, 2].map(() => undoSuggestions(w.by, { assetId: asset.id, ids })))
    expect(undone.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('text is not taken back from under what somebody has written since; what is archived takes nothing; who may not edit may not decide', async () => {
    const w = await world()
    const asset = await named(w, 'a.jpg')
    const at = ctx.clock.now()
    const row = {
      houseId: w.houseId,
      assetId: asset.id,
      versionId: asset.currentVersionId ?? '',
      source: 'SEEN' as const,
      tagger: 'test',
      confidence: 0.6,
      madeAt: at,
    }
    const id = newId('sug', at)
    await t.db.suggestion.create({
      data: { ...row, id, field: 'description', value: 'Text in the picture: “Market”', plain: 'market', label: 'Market' },
    })
    await t.db.asset.update({ where: { id: asset.id }, data: { description: 'Mine.' } })
    await decideSuggestions(w.by, { ...one, assetId: asset.id, verdict: 'accept', ids: [id] })
    expect((await t.db.asset.findUniqueOrThrow({ where: { id: asset.id } })).description).toBe('Mine.\nText in the picture: “Market”')
    await t.db.asset.update({ where: { id: asset.id }, data: { description: 'Mine, and better.' } })
    expect(await undoSuggestions(w.by, { assetId: asset.id, ids: [id] })).toMatchObject({ ok: false, error: 'changed-since' })

    const reviewer = asActor(ctx, await aPerson(ctx, { houseId: w.houseId, roles: ['REVIEWER'] }))
    await expect(decideSuggestions(reviewer, { ...one, assetId: asset.id, verdict: 'refuse', ids: [id] })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const stranger = (await world()).by
    await expect(decideSuggestions(stranger, { ...one, assetId: asset.id, verdict: 'refuse', ids: [id] })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(suggestionsOf(stranger, asset.id)).rejects.toMatchObject({ code: 'not-found' })

    const title = newId('sug', at)
    await t.db.suggestion.create({ data: { ...row, id: title, field: 'title', value: 'Market', plain: 'market', label: 'Market' } })
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'ARCHIVED' } })
    expect(await decideSuggestions(w.by, { ...one, assetId: asset.id, verdict: 'accept', ids: [title] })).toMatchObject({
      ok: false,
      error: 'asset-archived',
    })
    expect(await t.db.suggestion.findUniqueOrThrow({ where: { id: title } })).toMatchObject({ state: 'OPEN' })
  })

  test('what somebody writes by themselves is asked no more', async () => {
    const w = await world()
    await named(w, 'x.jpg', { keywords: ['boats'] })
    const asset = await named(w, 'boats.jpg')
    await suggestFor(w.system, asset.id)
    await t.db.asset.update({ where: { id: asset.id }, data: { keywords: ['Boats'] } })
    expect(await overtake(w.system, asset.id)).toBe(1)
    expect(await suggestFor(w.system, asset.id)).toBe(0)
    await t.db.asset.update({ where: { id: asset.id }, data: { keywords: [] } })
    expect(await suggestFor(w.system, asset.id)).toBe(1)
  })
})

describe('text in the picture', () => {
  test('is read once, found in the library as its own field and as any word, and suggested', { timeout: 60_000 }, async () => {
    const w = await world()
    const asset = await named(w, 'IMG_1.jpg', { title: 'IMG_1' })
    await t.db.asset.update({ where: { id: asset.id }, data: { altText: '' } })
    const sign = await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="500"><rect width="900" height="500" fill="#eef"/><text x="60" y="220" font-size="72" font-family="DejaVu Sans" fill="#123">Fischmarkt Altona</text></svg>',
      ),
    )
      .jpeg()
      .toBuffer()
    const { storageKey } = await t.db.rendition.update({
      where: { versionId_preset: { versionId: asset.currentVersionId ?? '', preset: 'web' } },
      data: { width: 900, height: 500 },
      select: { storageKey: true },
    })
    await ctx.storage.put(storageKey, sign)
    await lookAt(w.system, { versionId: asset.currentVersionId ?? '' })
    expect(await t.db.pictureText.findUniqueOrThrow({ where: { versionId: asset.currentVersionId ?? '' } })).toMatchObject({
      outcome: 'TEXT',
      text: 'Fischmarkt Altona',
    })
    expect((await openOf(asset.id)).map(({ field, value }) => [field, value])).toContainEqual(['title', 'Fischmarkt Altona'])
    for (const text of ['text:fischmarkt', 'seen:altona', 'fischmarkt', 'text:"fischmarkt altona"'])
      expect(await found(w, text), text).toEqual([asset.id])
    expect(await found(w, 'title:fischmarkt')).toEqual([])
    const page = await suggestionsOf(w.by, asset.id)
    expect(page?.text?.lines.flat().map(({ text }) => text)).toEqual(['Fischmarkt', 'Altona'])
    expect(page?.palette[0]).toMatchObject({ name: 'Steel blue', family: 'blue' })
    // Again, with a reader that would fail: what was read is not read again.
    await lookAt(
      { ...w.system, media: { ...ctx.media, readText: () => Promise.reject(new Error('asked again')) } },
      { versionId: asset.currentVersionId ?? '' },
    )
    await t.db.assetVersion.update({ where: { id: asset.currentVersionId ?? '' }, data: { purgedAt: ctx.clock.now() } })
    expect(await t.db.pictureText.count({ where: { assetId: asset.id } })).toBe(0)
  })

  test('is not read where the house does not want it, and is once it does; a reader that fails is no fault', async () => {
    const w = await world()
    const asset = await named(w, 'a.jpg')
    const versionId = asset.currentVersionId ?? ''
    await switchReading(w.by, { on: false })
    const reads = {
      ...w.system,
      media: { ...ctx.media, readText: () => Promise.resolve({ ok: false as const, error: 'timed-out' as const }) },
    }
    await lookAt({ ...reads, media: { ...ctx.media, readText: () => Promise.reject(new Error('read')) } }, { versionId })
    expect(await t.db.pictureText.findUniqueOrThrow({ where: { versionId } })).toMatchObject({ outcome: 'SWITCHED_OFF' })
    await switchReading(w.by, { on: true })
    await switchReading(w.by, { on: true })
    expect(await t.db.auditFact.count({ where: { houseId: w.houseId, type: { startsWith: 'text-reading.' } } })).toBe(2)
    expect(await sweepUnread(ctx)).toBeGreaterThan(0)
    await lookAt(reads, { versionId })
    expect(await t.db.pictureText.findUniqueOrThrow({ where: { versionId } })).toMatchObject({ outcome: 'FAILED' })
    const reviewer = asActor(ctx, await aPerson(ctx, { houseId: w.houseId, roles: ['REVIEWER'] }))
    await expect(switchReading(reviewer, { on: false })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('the desk shows one picture after the other, the newest first, and to a contributor only drafts of their own', async () => {
  const w = await world()
  await named(w, 'x.jpg', { keywords: ['boats'] })
  const [one_, two] = [await named(w, 'boats-1.jpg'), await named(w, 'boats-2.jpg')]
  for (const { id } of [one_, two]) await suggestFor(w.system, id)
  const ids = [one_.id, two.id].sort().reverse()
  const first = await suggestionsDesk(w.by, { after: null, at: null, selectionId: null })
  expect(first).toMatchObject({ waiting: 2, asset: { id: ids[0] }, next: ids[1] })
  expect(await suggestionsDesk(w.by, { after: ids[0] ?? '', at: null, selectionId: null })).toMatchObject({
    asset: { id: ids[1] },
    next: null,
  })
  const contributor = asActor(ctx, await aPerson(ctx, { houseId: w.houseId, roles: ['CONTRIBUTOR'] }))
  expect(await suggestionsDesk(contributor, { after: null, at: null, selectionId: null })).toMatchObject({ waiting: 0, asset: null })
})
