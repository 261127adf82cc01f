import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset } from '#services/testing/world.ts'
import { fixedFacets, readWish } from './rules/facets.ts'
import { phraseOf } from './rules/phrase.ts'
import { readRights } from './rules/rights-wish.ts'
import { searchPage } from './search.ts'
import { findDrift, foldSearch, rebuildSearch } from './search-index.ts'

let t: TestDb
let ctx: TestContext
let other: TestContext
const ids: Record<string, string> = {}

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  const house = await aHouse(base)
  const elsewhere = await aHouse(base)
  ctx = asActor(base, aGuest(house.id))
  other = asActor(base, aGuest(elsewhere.id))
  const make = async (name: string, fields: Partial<Parameters<typeof anAsset>[1]>) => {
    ctx.clock.advance(1000)
    ids[name] = (await anAsset(ctx, { houseId: house.id, keywords: [], ...fields })).id
  }
  await make('harbour', { title: 'Harbour at dawn', keywords: ['boats', 'fishing'] })
  await make('river', { title: 'Boats in the river', keywords: ['japan'] })
  await make('night', { title: 'Boats by night', keywords: ['city'], sellsRoyaltyFree: false })
  await make('logo', { title: 'The mark', kind: 'LOGO' })
  await make('draft', { title: 'Boats, unfinished', state: 'DRAFT' })
  await make('withdrawn', { title: 'Boats, withdrawn', state: 'WITHDRAWN' })
  await make('portal', { title: 'Boats for partners', audience: 'PORTAL' })
  await make('foreign', { title: 'Boats of others', houseId: elsewhere.id })
  await t.db.asset.updateMany({ data: { altText: '' } })
  await t.db.asset.update({
    where: { id: ids.river ?? '' },
    data: { description: 'Painters were running along the banks.', editorialOnly: true },
  })
})
afterAll(() => t[Symbol.asyncDispose]())

const find = (search: string, who = ctx) =>
  searchPage(who, { ...readWish(new URLSearchParams(search)), rights: readRights(new URLSearchParams(search)) })
const found = async (search: string, who = ctx) =>
  (await find(search, who)).tiles.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id))

// The same answers whether the index has yet to be folded, was folded, or was made anew.
describe.each([
  ['from what has changed', async () => undefined],
  ['folded', async () => void (await foldSearch(ctx, ctx.actor.houseId), await foldSearch(ctx, other.actor.houseId))],
  ['made anew', async () => void (await rebuildSearch(ctx, ctx.actor.houseId))],
])('%s', (_, prepare) => {
  beforeAll(prepare)

  test('nothing has drifted', async () => {
    expect(await findDrift(ctx, ctx.actor.houseId)).toEqual([])
  })

  test('without words everything published in the store of this house is found, the newest first', async () => {
    expect(await found('')).toEqual(['logo', 'night', 'river', 'harbour'])
    expect(await found('', other)).toEqual(['foreign'])
  })

  test('a word is found in its other forms; a title weighs more than a keyword', async () => {
    expect((await found('q=boat+')).slice(0, 2).sort()).toEqual(['night', 'river'])
    expect((await found('q=boat+')).at(-1)).toBe('harbour')
    expect(await found('q=run+')).toEqual(['river'])
  })

  test('every word must be there; a phrase in its order; an excluded word must not, in any form', async () => {
    expect(await found('q=boats+river')).toEqual(['river'])
    expect(await found('q="boats+in+the+river"')).toEqual(['river'])
    expect(await found('q="fishing+harbour"')).toEqual([])
    expect(await found('q="boats+fishing"')).toEqual([])
    expect(await found('q="river+boats"')).toEqual([])
    expect(await found('q=boats+-"boats+in+the+river"')).toEqual(['night', 'harbour'])
    expect(await found('q=boats+-japan+-fish')).toEqual(['night'])
    expect(await found('q=boats+-run')).not.toContain('river')
    expect(await found('q=boats+-running')).not.toContain('river')
  })

  test('the last word may be unfinished', async () => {
    expect(await found('q=harb')).toEqual(['harbour'])
    expect(await found('q=boats+riv')).toEqual(['river'])
  })

  test('stop words ask for nothing', async () => {
    expect(await found('q=the+boats+in+the+river+')).toEqual(['river'])
  })

  test('a mistyped word is read as one that the house has, and the page says so', async () => {
    const page = await find('q=harbuor')
    expect(page).toMatchObject({ total: 1, corrections: [{ wrong: 'harbuor', right: ['harbour'] }] })
    expect(page.tiles[0]?.title).toBe('Harbour at dawn')
    expect(await find('q=qqqqqq')).toMatchObject({ corrections: [], total: 0, tiles: [] })
  })

  test('filters narrow, and a count keeps what it promises', async () => {
    const all = await find('')
    expect(all.counts.kind).toEqual({ PHOTOGRAPH: 3, LOGO: 1 })
    expect(all.counts.licence).toEqual({ 'royalty-free': 3, 'rights-managed': 4, editorial: 1 })
    expect(await found('licence=editorial')).toEqual(['river'])
    // A facet's own counts do not shrink by its own choice: they say what ticking another value adds.
    const logos = await find('kind=LOGO')
    expect(logos).toMatchObject({ total: 1, filtered: true })
    expect(logos.counts.kind).toEqual({ PHOTOGRAPH: 3, LOGO: 1 })
    expect(logos.counts.licence).toEqual({ 'royalty-free': 1, 'rights-managed': 1 })
    for (const facet of fixedFacets)
      for (const [value, count] of Object.entries(all.counts[facet])) expect((await find(`${facet}=${value}`)).total).toBe(count)
    expect(all.counts.creator).toEqual({ 'Ada Meyer': 4 })
    expect((await find('creator=Ada+Meyer')).total).toBe(4)
    expect((await find('creator=Nobody')).total).toBe(0)
  })

  test('a palette has its families', async () => {
    const rows = await t.db.$queryRaw<{ families: string[] }[]>`
    SELECT colour_families(NULL, ARRAY['#101010', '#808080', '#f4f4f4']) AS families
    UNION ALL SELECT colour_families('#3462ad', ARRAY['#c8352b', '#4a8c4d', 'nonsense'])
    UNION ALL SELECT colour_families('#7d5a3c', '{}')
    UNION ALL SELECT colour_families(NULL, '{}')`
    expect(rows.map(({ families }) => families)).toEqual([
      ['black', 'grey', 'white', 'monochrome'],
      ['blue', 'green', 'red'],
      ['brown'],
      [],
    ])
  })

  test('no results on a filter are no reason to guess at other words', async () => {
    expect(await find('q=boats&kind=LOGO')).toMatchObject({ total: 0, corrections: [] })
  })

  test('hostile input is only words', async () => {
    const hostile = [
      'x'.repeat(10_000),
      'boats '.repeat(2_000),
      "'; DROP TABLE assets; --",
      '<script>alert(1)</script>',
      '"unbalanced',
      '""""',
      "''''",
      '\\',
      ':*',
      '!',
      '& | ! <-> ( )',
      '-',
      '%_%',
      '\u0000boats',
      '\ud800',
      '🌊',
      'بحر',
      '!!!:A*',
    ]
    for (const text of hostile) {
      const page = await searchPage(ctx, { ...readWish(new URLSearchParams()), text })
      expect(page.tiles.length).toBeLessThanOrEqual(4)
    }
    expect(await t.db.asset.count()).toBe(8)
    expect((await searchPage(ctx, { ...readWish(new URLSearchParams()), text: 'x'.repeat(10_000) })).cut).toBe(true)
  })

  test('a page far behind the end is the last page', async () => {
    expect(await find('page=1000000000')).toMatchObject({ page: 1, pages: 1, total: 4 })
    expect((await find('page=1000000000')).tiles).toHaveLength(4)
  })
})

test('the search for a keyword finds what has it, whatever signs are in it', async () => {
  const odd = ['-draft', '--', '"x"', '-"not this"', 'a:b', 'creator:leo', '5" reel', 'say “cheese” now', "l'été", 'C++', 'R&D', 'rock*', 'St. Pauli', '½ pint',
    'example.com',
    'x/y',
    'a.b c',
    'é-é',
    'a é é é',
    'é,é', 'ﬁsh']
  const drawn = fc.sample(fc.stringMatching(/^[-"“:,*\\()'. a-z0-9éß]{1,20}$/), { numRuns: 60, seed: 20261122 })
  const { houseId } = ctx.actor
  const lost: string[] = []
  for (const keyword of new Set([...odd, ...drawn].map((text) => text.trim()).filter(Boolean))) {
    const { id } = await anAsset(ctx, { houseId, title: 'Untitled', keywords: [keyword] })
    const q = phraseOf(keyword)
    if (q === null) continue
    const { tiles, total } = await find(new URLSearchParams({ q, sort: 'newest' }).toString())
    if (!tiles.slice(0, total).some((tile) => tile.id === id)) lost.push(keyword)
  }  expect(lost).toEqual([])
})
