import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset } from '#services/testing/world.ts'
import { labOf, nearestIn } from './rules/colours.ts'
import { facets, facetValues, lastPage, noFilters, readWish, sorts, type Facet, type Filters } from './rules/facets.ts'
import { bandOf, type PriceList } from './rules/price-bands.ts'
import { foldSearch, rebuildSearch } from './search-index.ts'
import { searchPage } from './search.ts'

let t: TestDb
let ctx: TestContext
let houseId: string

/** The same numbers in each run. */
let state = 11
const dice = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
const pick = <T>(list: readonly T[]): T => list[dice(list.length)] as T

interface Row {
  id: string
  title: string
  values: Record<Facet, string[]>
  minor: number | null
  palette: string[]
  age: number
}
const rows: Row[] = []
const prices: PriceList = { currency: 'EUR', minorOf: (one) => Math.round(Number(one.slice(3)) * (one.startsWith('rf') ? 0.49 : 0.9)) }
const palettes = [['#c8352b', '#101010'], ['#3462ad', '#f4f4f4'], ['#3565b0'], ['#4a8c4d', '#7d5a3c'], ['#808080'], ['#3060c0', '#c8352b']]
const families = [['red', 'black'], ['blue', 'white'], ['blue'], ['green', 'brown'], ['grey', 'monochrome'], ['blue', 'red']]
const years = ['1890-05-01', '1921', '1960-02', '2004', '2023-01-01', null]
const yearFacet: Record<string, string> = {
  '1890-05-01': 'before-1900',
  '1921': '1900-1949',
  '1960-02': '1950-1999',
  '2004': '2000-2019',
  '2023-01-01': '2020-on',
}
const sources = ['trainedAlgorithmicMedia', 'digitalCapture', null, 'algorithmicMedia', 'compositeWithTrainedAlgorithmicMedia']
const made = ['ai', 'human', 'human', 'human', 'ai']

beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  ctx = asActor(base, aGuest(houseId))
  for (let i = 0; i < 90; i++) {
    ctx.clock.advance(1000)
    const [look, source] = [dice(palettes.length), dice(sources.length)]
    const [rf, rm, editorial, people] = [dice(3) > 0, dice(3) > 0, dice(4) === 0, pick([true, false])]
    const [kind, creator, date, factor] = [
      pick(facetValues.kind),
      pick(['Ada Meyer', 'Bo Ek', 'Cy Rau']),
      pick(years),
      pick([2000, 10_000, 15_000, 80_000]),
    ]
    const title = `${pick(['Harbour', 'River', 'Mountain'])} ${pick(['dawn', 'boats', 'snow'])} ${i}`
    const asset = await anAsset(ctx, {
      houseId,
      title,
      keywords: [],
      kind,
      showsPeople: people,
      sellsRoyaltyFree: rf,
      sellsRightsManaged: rm,
    })
    await t.db.asset.update({
      where: { id: asset.id },
      data: {
        altText: '',
        creator,
        dateCreated: date,
        digitalSourceType: sources[source] ?? null,
        priceFactorBp: factor,
        editorialOnly: editorial,
      },
    })
    const palette = palettes[look] as string[]
    await t.db.assetVersion.updateMany({
      where: { assetId: asset.id },
      data: { dominantColour: palette[0] as string, palette: palette.slice(1) },
    })
    if (i === 45) await foldSearch(ctx, houseId)
    const minor = rf || rm ? prices.minorOf(`${rf ? 'rf' : 'rm'}:${factor}`) : null
    const values: Record<Facet, string[]> = {
      kind: [kind],
      orientation: ['LANDSCAPE'],
      colour: families[look] as string[],
      licence: [...(rf ? ['royalty-free'] : []), ...(rm ? ['rights-managed'] : []), ...(editorial ? ['editorial'] : [])],
      people: [people ? 'with' : 'without'],
      released: people ? [] : ['yes'],
      made: [made[source] as string],
      date: date ? [yearFacet[date] as string] : [],
      price: minor === null ? [] : [bandOf(minor, 'EUR')],
      creator: [creator],
      collection: [],
    }
    rows.push({ id: asset.id, title, values, minor, palette, age: i })
  }
})
afterAll(() => t[Symbol.asyncDispose]())

const meets = (row: Row, filters: Filters, but?: Facet): boolean =>
  facets.every((facet) => facet === but || filters[facet].length === 0 || filters[facet].some((value) => row.values[facet].includes(value)))

const drawn = (): { text: string; filters: Filters } => {
  const filters = noFilters()
  for (const facet of facets)
    if (facet !== 'collection' && dice(6) === 0)
      filters[facet] = [...new Set([pick(rows), pick(rows)].flatMap((row) => row.values[facet].slice(0, 1)))]
  return { text: pick(['', '', 'river ', 'boats ', 'mountain snow ', 'harbour -snow ']), filters }
}
const says = (row: Row, text: string): boolean =>
  text
    .split(' ')
    .filter(Boolean)
    .every((word) => (word.startsWith('-') ? !row.title.toLowerCase().includes(word.slice(1)) : row.title.toLowerCase().includes(word)))

/** So many questions, each answer held against a recount of the rows. */
async function recounted(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const { text, filters } = drawn()
    const page = await searchPage(ctx, { text, filters, sort: pick(sorts), page: 1, prices })
    const worded = rows.filter((row) => says(row, text))
    expect([text, filters, page.total]).toEqual([text, filters, worded.filter((row) => meets(row, filters)).length])
    for (const facet of facets) {
      const counted: Record<string, number> = {}
      for (const row of worded.filter((one) => meets(one, filters, facet)))
        for (const value of row.values[facet]) counted[value] = (counted[value] ?? 0) + 1
      expect([text, filters, facet, page.counts[facet]]).toEqual([text, filters, facet, counted])
    }
  }
}

test('totals and counts are what a recount of the rows gives, for a hundred questions, folded in part and made anew', async () => {
  await recounted(60)
  await rebuildSearch(ctx, houseId)
  await recounted(40)
})

test('pictures come newest, oldest, cheapest or dearest first; those without a price last', async () => {
  const order = async (sort: (typeof sorts)[number]) => {
    const [one, two] = await Promise.all([1, 2].map((page) => searchPage(ctx, { text: '', filters: noFilters(), sort, page, prices })))
    return [...(one?.tiles ?? []), ...(two?.tiles ?? [])].map(({ id }) => rows.find((row) => row.id === id) as Row)
  }
  const ages = (found: Row[]) => found.map(({ age }) => age)
  expect(ages(await order('oldest'))).toEqual(rows.map(({ age }) => age))
  expect(ages(await order('newest'))).toEqual(rows.map(({ age }) => age).reverse())
  const up = (await order('price-up')).map(({ minor }) => minor ?? 1e9)
  expect(up).toEqual([...up].sort((a, b) => a - b))
  const down = (await order('price-down')).map(({ minor }) => minor ?? -1)
  expect(down).toEqual([...down].sort((a, b) => b - a))
  expect(up).toHaveLength(rows.length)
})

test('any colour finds what has one close to it, the closest first; nothing close is left out', async () => {
  for (const tint of ['#3463ae', '#c8352b', '#808080', '#123456']) {
    const page = await searchPage(ctx, { text: '', filters: noFilters(), sort: 'relevance', page: 1, tint })
    const lab = labOf(tint) as NonNullable<ReturnType<typeof labOf>>
    const far = page.tiles.map(({ id }) => nearestIn((rows.find((row) => row.id === id) as Row).palette, lab))
    expect(far).toEqual([...far].sort((a, b) => a - b))
    expect(page.total).toBeGreaterThanOrEqual(rows.filter(({ palette }) => nearestIn(palette, lab) <= 0.08).length)
    expect(page.total).toBeLessThanOrEqual(rows.filter(({ palette }) => nearestIn(palette, lab) <= 0.08 + 0.0867).length)
    expect(page).toMatchObject({ tint, filtered: true })
  }
})

test('what is like a picture is narrowed by filters as everything is; a picture that is none asks for nothing', async () => {
  const [first] = rows
  const all = await searchPage(ctx, { text: '', filters: noFilters(), sort: 'relevance', page: 1, like: first?.id ?? '' })
  expect(all.like).toEqual({ id: first?.id, title: first?.title })
  expect(all.tiles.map(({ id }) => id)).not.toContain(first?.id)
  const filters = { ...noFilters(), people: ['with'] }
  const some = await searchPage(ctx, { text: '', filters, sort: 'relevance', page: 1, like: first?.id ?? '' })
  expect(some.total).toBe(all.counts.people.with ?? 0)
  expect((await searchPage(ctx, { text: '', filters: noFilters(), sort: 'relevance', page: 1, like: 'ast_none' })).like).toBeNull()
})

test('an address is read whatever stands in it', () => {
  const many = new URLSearchParams(Array.from({ length: 10_000 }, (_, i) => ['colour', `#${String(i).padStart(6, '0')}`]))
  expect(readWish(many)).toMatchObject({ tint: '#000000', page: 1, sort: 'relevance' })
  for (const sort of [...sorts, '<b>', "'; --", '']) expect(sorts).toContain(readWish(new URLSearchParams({ sort })).sort)
  for (const like of ['<script>', 'ast_', `ast_${'x'.repeat(99)}`, "ast_';--"])
    expect(readWish(new URLSearchParams({ like })).like).toBe('')
  expect(readWish(new URLSearchParams({ page: '1000000000' })).page).toBe(lastPage)
})

test('what was edited or withdrawn since the last fold is counted once, by what it says now; a fold changes no answer', async () => {
  await rebuildSearch(ctx, houseId)
  for (let i = 0; i < 14; i++) {
    const row = pick(rows)
    if (i % 5 === 4) {
      await t.db.asset.update({ where: { id: row.id }, data: { state: 'WITHDRAWN' } })
      rows.splice(rows.indexOf(row), 1)
      continue
    }
    row.title = `${pick(['Harbour', 'River', 'Mountain'])} ${pick(['dawn', 'boats', 'snow'])} again ${i}`
    row.values.kind = [pick(facetValues.kind)]
    row.values.creator = [pick(['Ada Meyer', 'Bo Ek', 'Cy Rau'])]
    await t.db.asset.update({
      where: { id: row.id },
      data: { title: row.title, kind: row.values.kind[0] as 'LOGO', creator: row.values.creator[0] as string },
    })
  }
  await recounted(50)
  const asked = Array.from({ length: 40 }, () => ({ ...drawn(), sort: pick(sorts) }))
  const answers = async () => {
    const pages = []
    for (const wish of asked) {
      const { tiles, total, counts } = await searchPage(ctx, { ...wish, page: 1, prices })
      pages.push({ wish, total, counts, ids: tiles.map(({ id }) => id) })
    }
    return pages
  }
  const before = await answers()
  expect(await foldSearch(ctx, houseId)).toBeGreaterThan(5)
  expect(await answers()).toEqual(before)
  for (const { wish, total, ids } of before) {
    const page = await searchPage(ctx, { ...wish, page: 1, prices, uncounted: true })
    expect([page.total, page.tiles.map(({ id }) => id), Object.values(page.counts).flatMap(Object.keys)]).toEqual([total, ids, []])
  }
})
