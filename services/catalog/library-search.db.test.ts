import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { aHouse, anAsset, aPerson, layingAssets } from '#services/testing/world.ts'
import { resolveSelection } from '../assets/selections.ts'
import { newId } from '../kernel/ids.ts'
import { startOfDay } from '../kernel/period.ts'
import { completeLibrary } from './library-completions.ts'
import {
  allFound,
  catchUp,
  countLibrary,
  foldLibrary,
  libraryDrift,
  rebuildLibrary,
  tendLibrary,
  searchLibrary,
  selectFound,
} from './library-search.ts'
import { readLibraryWish, type LibraryWish } from './rules/library-wish.ts'

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  const house = await aHouse(base)
  ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'], name: 'Lena Brandt' })) as TestContext
})
afterAll(async () => t[Symbol.asyncDispose]())

const wish = (query: string, more: Partial<LibraryWish> = {}): LibraryWish => ({
  ...readLibraryWish(new URLSearchParams()),
  text: query,
  ...more,
})
const find = async (query: string, more: Partial<LibraryWish> = {}) => (await searchLibrary(ctx, wish(query, more))).ids

describe('one by one', () => {
  test('words, phrases, exclusions, beginnings, slips, fields', async () => {
    const { houseId } = ctx.actor
    const boat = await anAsset(ctx, { houseId, title: 'Fishing boats at low tide', keywords: ['sea', 'mud flats'], state: 'DRAFT' })
    const tower = await anAsset(ctx, { houseId, title: 'Water tower', keywords: ['boats in a picture on its wall'], held: false })
    const away = await anAsset(ctx, { houseId, title: 'Old boat', keywords: [], state: 'ARCHIVED' })
    await ctx.db.asset.update({ where: { id: tower.id }, data: { creator: 'Leo Stein', altText: '' } })
    expect(await find('boat')).toEqual(expect.arrayContaining([boat.id, tower.id]))
    expect(await find('boat')).not.toContain(away.id)
    expect((await find('boats'))[0]).toBe(boat.id)
    expect(await find('boat state:archived')).toEqual([away.id])
    expect(await find('"low tide"')).toEqual([boat.id])
    expect(await find('"tide low"')).toEqual([])
    expect(await find('boats -tower')).toEqual([boat.id])
    expect(await find('fish* ')).toEqual([boat.id])
    expect(await find('fishi')).toEqual([boat.id])
    expect((await searchLibrary(ctx, wish('fihsing '))).read).toEqual([{ wrong: 'fihsing', right: 'fishing' }])
    expect(await find('fihsing ')).toEqual([boat.id])
    expect(await find('creator:"leo stein"')).toEqual([tower.id])
    expect(await find('-creator:leo boats')).toEqual([boat.id])
    expect(await find('keyword:mud')).toEqual([boat.id])
    expect(await find('missing:alt-text')).toEqual([tower.id])
    expect(await find('rights:none')).toEqual([tower.id])
    expect(await find('state:draft,published')).toHaveLength(2)
    expect(await find(`id:${away.id}`)).toEqual([away.id])
    expect(await find(away.id)).toEqual([away.id])
    expect(await find('size:>1mp')).toEqual([])
    expect(await find('size:<1mp boat')).toHaveLength(2)
    expect(await find('file:harbour.jpg')).toHaveLength(2)
  })

  test('what cannot be read says what to do', async () => {
    const wrong = async (query: string) => (await searchLibrary(ctx, wish(query))).problems[0]
    expect(await wrong('creater:leo')).toMatchObject({ instead: 'creator:leo' })
    expect(await wrong('state:daft')).toMatchObject({ instead: 'state:draft' })
    expect((await wrong('uploaded:soon'))?.says).toContain('2026-11')
    expect((await wrong('size:big'))?.says).toContain('>20mp')
    expect((await wrong('in:nothing'))?.says).toContain('No collection')
    expect((await wrong('kind:'))?.says).toContain('Say what')
  })

  test('a name that is offered finds what it names, whatever signs are in it', async () => {
    const { houseId } = ctx.actor
    for (const name of ['-Odd draft', 'Odd: a:b', '"Odd"', '“Odd best” of 2026', 'Odd, two', 'Odd\\slash']) {
      const asset = await anAsset(ctx, { houseId, title: 'Named', state: 'DRAFT' })
      await ctx.db.asset.update({ where: { id: asset.id }, data: { creator: name } })
      const [offered] = await completeLibrary(ctx, { field: 'creator', typed: name })
      expect(await find(`creator:${offered?.insert}`), name).toContain(asset.id)
    }
  })

  test('a day is the day of the house, also over a change of the clocks', async () => {
    const house = await aHouse(ctx)
    await ctx.db.organisation.update({ where: { id: house.id }, data: { timeZone: 'America/New_York' } })
    const owner = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
    // Shortly before midnight of the day on which the clocks went back, which had 25 hours.
    const clock = { now: () => new Date('2026-11-02T04:30:00Z') }
    const there = { ...(asActor(ctx, owner) as TestContext), clock }
    const times = {
      before: '2026-11-01T03:59:59Z',
      first: '2026-11-01T04:00:00Z',
      last: '2026-11-02T04:59:59Z',
      after: '2026-11-02T05:00:00Z',
    }
    const ids: Record<string, string> = {}
    for (const [name, createdAt] of Object.entries(times)) {
      const { id } = await anAsset(there, { houseId: house.id, title: name, state: 'DRAFT' })
      await ctx.db.asset.update({ where: { id }, data: { createdAt: new Date(createdAt) } })
      ids[name] = id
    }
    const found = async (query: string) => {
      const all = await searchLibrary(there, wish(query))
      return Object.keys(times).filter((name) => all.ids.includes(ids[name] as string))
    }
    expect(await found('uploaded:today')).toEqual(['first', 'last'])
    expect(await found('uploaded:yesterday')).toEqual(['before'])
    expect(await found('uploaded:2026-11-01')).toEqual(['first', 'last'])
    expect(await found('uploaded:2026-11')).toEqual(['first', 'last', 'after'])
    expect(await found('-uploaded:2026')).toEqual([])
    expect(await found('uploaded:2026-10..2026-10')).toEqual(['before'])
    expect(await found('uploaded:2026-01..2026-10')).toEqual(['before'])
  })

  test('a change is found at the next look, and the index agrees with the house', async () => {
    const asset = await anAsset(ctx, { houseId: ctx.actor.houseId, title: 'Quarry', state: 'DRAFT' })
    expect(await find('quarry')).toEqual([asset.id])
    await ctx.db.asset.update({ where: { id: asset.id }, data: { title: 'Gravel pit', state: 'IN_REVIEW' } })
    expect(await find('title:quarry')).toEqual([])
    expect(await find('gravel state:in-review')).toEqual([asset.id])
    expect(await libraryDrift(ctx, ctx.actor.houseId)).toEqual([])
    await rebuildLibrary(ctx, ctx.actor.houseId)
    expect(await libraryDrift(ctx, ctx.actor.houseId)).toEqual([])
    expect(await find('gravel state:in-review')).toEqual([asset.id])
  })

  test('by night each planted difference is found, told and mended', async () => {
    const { houseId } = ctx.actor
    const [missing, other] = [await anAsset(ctx, { houseId, title: 'Slate' }), await anAsset(ctx, { houseId, title: 'Chalk' })]
    await foldLibrary(ctx, houseId)
    expect(await tendLibrary(ctx, houseId)).toEqual({ drifted: 0 })
    // Behind the back of what keeps the index.
    await ctx.db.$executeRaw`DELETE FROM library_entries WHERE asset_no = (SELECT no FROM assets WHERE id = ${missing.id})`
    await ctx.db
      .$executeRaw`UPDATE library_entries SET words = ''::tsvector WHERE asset_no = (SELECT no FROM assets WHERE id = ${other.id})`
    const planted = await libraryDrift(ctx, houseId)
    expect(planted).toEqual(
      expect.arrayContaining([
        { what: 'entry-missing', subject: missing.id },
        { what: 'entry-differs', subject: other.id },
      ]),
    )
    expect(await tendLibrary(ctx, houseId)).toEqual({ drifted: planted.length })
    expect(await libraryDrift(ctx, houseId)).toEqual([])
    expect([await find('slate'), await find('chalk')]).toEqual([[missing.id], [other.id]])
    expect(await ctx.db.auditFact.count({ where: { houseId, type: 'library.drifted' } })).toBe(1)
  })

  test('another house is never seen; who is no staff is refused', async () => {
    const other = await aHouse(ctx)
    const foreign = await anAsset(ctx, { houseId: other.id, title: 'Zanzibar' })
    await catchUp(ctx, other.id)
    expect(await find('zanzibar')).toEqual([])
    expect(await find(foreign.id)).toEqual([])
    await expect(searchLibrary(asActor(ctx, { kind: 'guest', houseId: ctx.actor.houseId }), wish(''))).rejects.toThrow()
  })

  test('embargoed assets are seen by librarians and by those whom the embargo names', async () => {
    const { houseId } = ctx.actor
    const named = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
    const other = await aPerson(ctx, { houseId, roles: ['CONTRIBUTOR'] })
    const asset = await anAsset(ctx, { houseId, title: 'Unicorn launch', state: 'APPROVED' })
    const inAWeek = new Date(ctx.clock.now().getTime() + 7 * 86_400_000)
    await ctx.db.asset.update({
      where: { id: asset.id },
      data: { state: 'EMBARGOED', embargoEndsAt: inAWeek, embargoThen: 'APPROVED', embargoFor: [named.userId] },
    })
    const seen = async (actor: typeof named) => (await searchLibrary(asActor(ctx, actor), wish('unicorn'))).ids
    expect(await find('unicorn')).toEqual([asset.id])
    expect(await seen(named)).toEqual([asset.id])
    expect(await seen(other)).toEqual([])
    expect(await countLibrary(asActor(ctx, other), [wish('unicorn')])).toEqual([0])
  })

  test('rights that end turn by themselves', async () => {
    const asset = await anAsset(ctx, { houseId: ctx.actor.houseId, title: 'Ending', held: false })
    const end = new Date(ctx.clock.now().getTime() + 30 * 86_400_000)
    await ctx.db.$executeRaw`
      INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
      VALUES (${newId('acq', end)}, ${ctx.actor.houseId}, ${asset.id}, ${asset.no}, 'Short', 'Somebody', '{[0,)}', '{[0,)}', '{[0,)}', tstzrange('2000-01-01', ${end}), '{}', true, true, ${ctx.clock.now()})`
    expect(await find('ending rights:ending')).toEqual([asset.id])
    const later = { ...ctx, clock: { now: () => new Date(end.getTime() + 1000) } }
    expect((await searchLibrary(later, wish('ending rights:expired'))).ids).toEqual([asset.id])
    expect((await searchLibrary(later, wish('ending rights:ending'))).ids).toEqual([])
  })
})

describe('against a brute force', () => {
  const vocabulary = ['tak', 'lomo', 'ruvi', 'zeb', 'quin', 'mox']
  const creators = ['Ada Meyer', 'Leo Stein', '']
  const states = ['DRAFT', 'APPROVED', 'ARCHIVED'] as const
  interface Kept {
    id: string
    title: string
    keywords: string[]
    creator: string
    alt: string
    state: (typeof states)[number]
    audience: 'STORE' | 'INTERNAL'
    people: boolean | null
    createdAt: Date
    changedAt: Date
  }
  let own: TestContext
  let kept: Kept[]
  let random = 20261121
  const next = (n: number) => {
    random = (Math.imul(random, 48271) >>> 0) % 2147483647
    return (random >>> 8) % n
  }
  beforeAll(async () => {
    const house = await aHouse(ctx)
    own = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })) as TestContext
    kept = Array.from({ length: 240 }, (_, i) => ({
      id: newId('ast', new Date(1_750_000_000_000 + i)),
      title: Array.from({ length: 1 + next(3) }, () => vocabulary[next(6)] as string).join(' '),
      keywords: Array.from({ length: next(3) }, () => vocabulary[next(6)] as string),
      creator: creators[next(3)] as string,
      alt: next(2) ? (vocabulary[next(6)] as string) : '',
      state: states[next(3)] as Kept['state'],
      audience: next(2) ? 'STORE' : 'INTERNAL',
      people: [true, false, null][next(3)] as boolean | null,
      createdAt: new Date(Date.UTC(2026, next(4), 1 + next(27), next(24))),
      changedAt: new Date(Date.UTC(2026, 6, 1 + next(20), next(24), next(60))),
    }))
    await layingAssets(own, (db) =>
      db.asset.createMany({
        data: kept.map(({ alt, people, ...asset }) => ({ ...asset, houseId: house.id, altText: alt, showsPeople: people })),
      }),
    )
    await foldLibrary(own, house.id)
  })

  const wordsOf = (one: Kept) =>
    [one.title, ...one.keywords, one.creator, one.alt]
      .join(' ')
      .toLowerCase()
      .split(/[^a-z]+/)
  const rows = (one: Kept) => [one.title, ...one.keywords, one.creator, one.alt].map((text) => ` ${text.toLowerCase()} `)
  type Clause = { text: string; holds: (one: Kept) => boolean }
  const word = fc.constantFrom(...vocabulary)
  const clause: fc.Arbitrary<Clause> = fc.oneof(
    word.map((w) => ({ text: w, holds: (one: Kept) => wordsOf(one).includes(w) })),
    word.map((w) => ({ text: `${w.slice(0, 2)}*`, holds: (one: Kept) => wordsOf(one).some((x) => x.startsWith(w.slice(0, 2))) })),
    fc
      .tuple(word, word)
      .map(([a, b]) => ({ text: `"${a} ${b}"`, holds: (one: Kept) => rows(one).some((row) => row.includes(` ${a} ${b} `)) })),
    word.map((w) => ({ text: `title:${w}`, holds: (one: Kept) => one.title.split(' ').includes(w) })),
    fc
      .tuple(word, word)
      .map(([a, b]) => ({ text: `keyword:${a},${b}`, holds: (one: Kept) => one.keywords.some((k) => k === a || k === b) })),
    fc
      .constantFrom('ada', 'leo')
      .map((name) => ({ text: `creator:${name}`, holds: (one: Kept) => one.creator.toLowerCase().startsWith(name) })),
    fc.constant({ text: 'creator:"ada meyer"', holds: (one: Kept) => one.creator === 'Ada Meyer' }),
    fc
      .subarray([...states], { minLength: 1 })
      .map((some) => ({ text: `state:${some.join(',').toLowerCase()}`, holds: (one: Kept) => some.includes(one.state) })),
    fc.constant({ text: 'missing:alt-text', holds: (one: Kept) => one.alt === '' }),
    fc.constant({ text: 'has:creator', holds: (one: Kept) => one.creator !== '' }),
    fc.constantFrom('yes', 'no', 'unsaid').map((people) => ({
      text: `people:${people}`,
      holds: (one: Kept) => (one.people === null ? 'unsaid' : one.people ? 'yes' : 'no') === people,
    })),
    fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })).map(([a, b]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      return {
        text: `uploaded:2026-0${from + 1}..2026-0${to + 1}`,
        holds: (one: Kept) => one.createdAt.getUTCMonth() >= from && one.createdAt.getUTCMonth() <= to,
      }
    }),
    fc.integer({ min: 1, max: 25 }).map((day) => ({
      text: `changed:2026-07-${String(day).padStart(2, '0')}..`,
      holds: (one: Kept) => one.changedAt >= startOfDay(`2026-07-${String(day).padStart(2, '0')}`, 'Europe/Berlin'),
    })),
  )
  const question = fc.array(fc.tuple(clause, fc.boolean()), { maxLength: 4 }).map((list) => ({
    // A space at the end: the last word is finished.
    text: `${list.map(([{ text }, not]) => (not ? `-${text}` : text)).join(' ')} `,
    holds: (one: Kept) =>
      list.every(([{ holds }, not]) => holds(one) !== not) &&
      (list.some(([{ text }, not]) => !not && text.startsWith('state:')) || one.state !== 'ARCHIVED'),
  }))

  test('random questions to random records: the same assets, the same number, the same counts', async () => {
    await fc.assert(
      fc.asyncProperty(question, fc.constantFrom(null, 'STORE', 'INTERNAL'), async ({ text, holds }, audience) => {
        const asked = wish(text, { facets: audience ? { audience: [audience] } : {}, sort: 'changed' })
        const narrowed = (one: Kept) => holds(one) && (audience === null || one.audience === audience)
        const expected = kept.filter(narrowed)
        const found = await allFound(own, asked, 1000)
        expect(found.ok && [...found.value].sort()).toEqual(expected.map(({ id }) => id).sort())
        const page = await searchLibrary(own, asked)
        expect(page.problems).toEqual([])
        expect(page.total).toBe(expected.length)
        expect(page.ids).toHaveLength(Math.min(48, expected.length))
        for (const people of ['yes', 'no', 'unsaid'])
          expect(page.counts[`people:${people}`] ?? 0).toBe(
            expected.filter((one) => (one.people === null ? 'unsaid' : one.people ? 'yes' : 'no') === people).length,
          )
        for (const one of ['STORE', 'INTERNAL'] as const)
          expect(page.counts[`audience:${one}`] ?? 0).toBe(kept.filter((k) => holds(k) && k.audience === one).length)
      }),
      { numRuns: 150 },
    )
  })

  test('page by page, each asset once, in the order that was asked for', async () => {
    for (const sort of ['changed', 'created-first', 'title', 'size', 'expiry', 'relevance'] as const) {
      const asked = wish('tak ', { sort })
      const ids: string[] = []
      let after: string | null = null
      do {
        const page: Awaited<ReturnType<typeof searchLibrary>> = await searchLibrary(own, { ...asked, after }, { limit: 7 })
        ids.push(...page.ids)
        after = page.next
      } while (after)
      const expected = kept.filter((one) => wordsOf(one).includes('tak') && one.state !== 'ARCHIVED')
      expect(ids).toHaveLength(expected.length)
      expect(new Set(ids).size).toBe(ids.length)
      const by = new Map(kept.map((one) => [one.id, one]))
      const list = ids.map((id) => by.get(id) as Kept)
      for (let i = 1; i < list.length; i++) {
        const [a, b] = [list[i - 1] as Kept, list[i] as Kept]
        if (sort === 'changed') expect(a.changedAt.getTime()).toBeGreaterThanOrEqual(b.changedAt.getTime())
        if (sort === 'created-first') expect(a.createdAt.getTime()).toBeLessThanOrEqual(b.createdAt.getTime())
        if (sort === 'title') expect(a.title <= b.title).toBe(true)
        if (sort === 'relevance') expect(Number(!a.title.includes('tak'))).toBeLessThanOrEqual(Number(!b.title.includes('tak')))
      }
    }
  })

  test('a selection of all that was found is what was seen, whatever changes afterwards', async () => {
    const expected = kept.filter((one) => one.title.split(' ').includes('lomo') && one.state !== 'ARCHIVED')
    const [first, second] = expected as [Kept, Kept]
    const made = await selectFound(own, { wish: wish('title:lomo '), except: [first.id], says: 'title:lomo' })
    expect(made.ok && made.value.total).toBe(expected.length - 1)
    await own.db.asset.update({ where: { id: second.id }, data: { title: 'something else' } })
    const ids: string[] = []
    if (made.ok) for await (const part of resolveSelection(own, { selectionId: made.value.id })) ids.push(...part)
    expect(ids.sort()).toEqual(
      expected
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    )
    expect(await selectFound(own, { wish: wish('stte:x'), except: [], says: '' })).toMatchObject({ ok: false, error: 'not-understood' })
    expect(await selectFound(own, { wish: wish('nobodyhasthisword '), except: [], says: '' })).toMatchObject({
      ok: false,
      error: 'nothing-selected',
    })
  })
})
