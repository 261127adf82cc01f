import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSynonyms, removeSynonyms } from '#services/catalog/synonyms.ts'
import type { Question, Search } from '#services/catalog/search-engine.ts'
import { facets, fixedFacets, noFilters, type Facet, type Filters } from '#services/catalog/rules/facets.ts'
import { cellOf, readRights } from '#services/catalog/rules/rights-wish.ts'
import { parseQuery } from '#services/catalog/rules/search-query.ts'
import { dayOf } from '#services/kernel/period.ts'
import { asActor, testContext, type TestContext } from '../context.ts'
import { testDb, type TestDb } from '../db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '../world.ts'

/** An engine as the contract finds it: who answers, and what has to happen before it has heard of a change. */
export interface EngineUnderTest {
  search(ctx: TestContext): Search
  /** Called once the house is there, and after each change. */
  settle(ctx: TestContext, houseId: string): Promise<void>
  close?(): Promise<void>
}

const pictures: Record<
  string,
  Partial<Parameters<typeof anAsset>[1]> & { description?: string; altText?: string; creator?: string; editorialOnly?: boolean }
> = {
  harbour: { title: 'Harbour at dawn', keywords: ['boats', 'fishing'], creator: 'Ada Meyer' },
  river: {
    title: 'Boats in the river',
    keywords: ['japan'],
    description: 'Painters were running along the banks.',
    creator: 'Ada Meyer',
    editorialOnly: true,
  },
  night: { title: 'Boats by night', keywords: ['city'], sellsRoyaltyFree: false, creator: 'Jo `x` && house:*' },
  logo: { title: 'The mark', kind: 'LOGO', creator: "O'Brien, [a]" },
  houses: { title: 'Alte Häuser am Hafen', keywords: ['Stadt', 'Bilder'], creator: 'Ada. Meyer' },
  black: { title: 'Market, black-and-white', keywords: ['<b>trade</b>', "'; DROP TABLE assets; --"], creator: 'Ada Meyer' },
  people: { title: 'A crowd', keywords: ['people'], showsPeople: true },
  narrow: { title: 'A lighthouse', keywords: ['coast'], held: false },
}

/** What any engine must answer: run on the database, on the stand-in of a server, and on a real server where one is configured. */
export function searchContract(name: string, make: () => Promise<EngineUnderTest>): void {
  describe(name, () => {
    let t: TestDb
    let engine: EngineUnderTest
    let ctx: TestContext
    let other: TestContext
    const ids: Record<string, string> = {}

    beforeAll(async () => {
      t = await testDb()
      engine = await make()
      const base = testContext(t.db)
      const [house, elsewhere] = [await aHouse(base), await aHouse(base)]
      ctx = asActor(base, aGuest(house.id))
      other = asActor(base, aGuest(elsewhere.id))
      for (const [picture, { description = '', altText = '', creator = 'Ada Meyer', editorialOnly = false, ...fields }] of Object.entries(
        pictures,
      )) {
        ctx.clock.advance(1000)
        const { id } = await anAsset(ctx, { houseId: house.id, keywords: [], ...fields })
        ids[picture] = id
        await t.db.asset.update({ where: { id }, data: { description, altText, creator, editorialOnly } })
      }
      await anAsset(ctx, { houseId: house.id, title: 'Boats, unfinished', state: 'DRAFT' })
      await anAsset(ctx, { houseId: house.id, title: 'Boats for partners', audience: 'PORTAL' })
      await anAsset(ctx, { houseId: elsewhere.id, title: 'Boats of others' })
      await engine.settle(ctx, house.id)
      await engine.settle(other, elsewhere.id)
    }, 120_000)
    afterAll(async () => {
      await engine?.close?.()
      await t?.[Symbol.asyncDispose]()
    })

    const ask = (text: string, more: Partial<Question> = {}, who = ctx) =>
      engine.search(who).find({
        houseId: who.actor.houseId,
        query: parseQuery(text),
        filters: noFilters(),
        rights: { filter: null, count: [] },
        sort: 'relevance',
        offset: 0,
        limit: 48,
        ...more,
      })
    const nameOf = (id: string) => Object.keys(ids).find((picture) => ids[picture] === id) ?? id
    const found = async (text: string, more: Partial<Question> = {}) => (await ask(text, more)).ids.map(nameOf)
    const filters = (only: Partial<Filters>): Filters => ({ ...noFilters(), ...only })
    const all = Object.keys(pictures)

    test('without words: everything in the store of this house and nothing of another, the newest first', async () => {
      expect(await found('')).toEqual([...all].reverse())
      expect(await ask('', {}, other)).toMatchObject({ total: 1 })
      expect((await ask('boats of others ')).ids).toEqual([])
    })

    test('a known item comes first; two words must both be there', async () => {
      expect((await found('harbour at dawn '))[0]).toBe('harbour')
      expect((await found('Boats by night '))[0]).toBe('night')
      expect(await found('boats japan ')).toEqual(['river'])
      expect(await found('boats zzzzz-nothing ')).toEqual([])
    })

    test('other forms, in either language', async () => {
      expect((await found('boat ')).sort()).toEqual(['harbour', 'night', 'river'])
      expect((await found('boat ')).at(-1)).toBe('harbour')
      expect(await found('run ')).toEqual(['river'])
      expect(await found('painter ')).toEqual(['river'])
      expect(await found('Haus ')).toEqual(['houses'])
      expect(await found('Häusern ')).toEqual(['houses'])
      expect(await found('städte ')).toEqual(['houses'])
      expect(await found('Bild ')).toEqual(['houses'])
      expect(await found('hauser ')).toEqual(['houses'])
    })

    test('a slip of the finger is forgiven, and said', async () => {
      const { ids: got, corrections } = await ask('harbuor ')
      expect(got.map(nameOf)).toEqual(['harbour'])
      expect(corrections.map(({ wrong, right }) => [wrong, right.map(({ typed }) => typed)])).toEqual([['harbuor', ['harbour']]])
      expect(await ask('qqqqqq ')).toMatchObject({ total: 0, corrections: [] })
      expect(await ask('boats ')).toMatchObject({ corrections: [] })
    })

    test('the last word may be unfinished, the others not', async () => {
      expect(await found('harb')).toEqual(['harbour'])
      expect(await found('boats riv')).toEqual(['river'])
      expect(await found('harb boats ')).toEqual([])
      expect(await found('lightho')).toEqual(['narrow'])
    })

    test('a phrase in its order, also one with signs; unbalanced quotes end with the input', async () => {
      expect(await found('"boats in the river"')).toEqual(['river'])
      expect(await found('"dawn at harbour"')).toEqual([])
      expect(await found('"boats in the river')).toEqual(['river'])
      expect(await found('black-and-white ')).toEqual(['black'])
      expect(await found('""" " "')).toEqual([...all].reverse())
      expect(await found('"boats in the river" japan ')).toEqual(['river'])
    })

    test('a phrase does not begin where a text ends: neither in the same title, nor in the next field', async () => {
      expect(await found('"river boats"')).toEqual([])
      expect(await found('"river japan"')).toEqual([])
      expect((await found('boats -"river boats"')).sort()).toEqual(['harbour', 'night', 'river'])
      expect((await found('boats -"river boats" -"boats in the river"')).sort()).toEqual(['harbour', 'night'])
    })

    test('what is excluded is not there, in no form', async () => {
      expect((await found('boats -japan ')).sort()).toEqual(['harbour', 'night'])
      expect(await found('boats -running ')).not.toContain('river')
      expect((await found('boats -"boats in the river"')).sort()).toEqual(['harbour', 'night'])
      expect((await found('-boat')).sort()).toEqual(all.filter((picture) => !['harbour', 'night', 'river'].includes(picture)).sort())
    })

    test('stop words ask for nothing', async () => {
      expect(await found('the boats in the river ')).toEqual(['river'])
    })

    test('words that the house takes for the same', async () => {
      const librarian = await aPerson(ctx, { houseId: ctx.actor.houseId, roles: ['LIBRARIAN'] })
      const added = await addSynonyms(asActor(ctx, librarian), { words: ['ship', 'boat'] })
      await engine.settle(ctx, ctx.actor.houseId)
      expect((await found('ship ')).sort()).toEqual(['harbour', 'night', 'river'])
      if (added.ok) await removeSynonyms(asActor(ctx, librarian), { synonymId: added.value.synonymId })
      await engine.settle(ctx, ctx.actor.houseId)
      expect(await found('ship ')).toEqual([])
    })

    test('counts equal a recount, whatever else is asked', async () => {
      for (const text of ['', 'boats ', 'harb', '"boats in the river"', '-boats', 'harbuor ']) {
        const { counts } = await ask(text)
        for (const facet of fixedFacets)
          for (const [value, n] of Object.entries(counts[facet]))
            expect([text, facet, value, (await ask(text, { filters: filters({ [facet]: [value] }) })).total]).toEqual([
              text,
              facet,
              value,
              n,
            ])
        for (const [creator, n] of Object.entries(counts.creator))
          expect([text, creator, (await ask(text, { filters: filters({ creator: [creator] }) })).total]).toEqual([text, creator, n])
      }
    })

    test('what is not to be counted is not, and what is counts the same', async () => {
      const narrow = { filters: filters({ kind: ['PHOTOGRAPH'], licence: ['royalty-free'] }) }
      for (const text of ['', 'boats '])
        for (const more of [{}, narrow]) {
          const whole = await ask(text, more)
          for (const counted of [[], ['kind'], ['orientation', 'licence', 'creator']] satisfies Facet[][]) {
            const some = await ask(text, { ...more, counted })
            expect([some.ids, some.total]).toEqual([whole.ids, whole.total])
            for (const facet of facets) expect([facet, some.counts[facet]]).toEqual([facet, counted.some((one) => one === facet) ? whole.counts[facet] : {}])
          }
        }
    })

    test('a filter narrows; its own counts say what another choice adds', async () => {
      const logos = await ask('', { filters: filters({ kind: ['LOGO'] }) })
      expect(logos.ids.map(nameOf)).toEqual(['logo'])
      expect(logos.counts.kind).toEqual({ PHOTOGRAPH: 7, LOGO: 1 })
      expect(logos.counts.licence).toEqual({ 'royalty-free': 1, 'rights-managed': 1 })
      expect(await found('', { filters: filters({ licence: ['editorial'] }) })).toEqual(['river'])
      expect((await ask('', { filters: filters({ kind: ['LOGO', 'PHOTOGRAPH'] }) })).total).toBe(8)
    })

    test('names are told apart to the letter, and no name is a part of a filter', async () => {
      expect((await ask('', { filters: filters({ creator: ['Ada Meyer'] }) })).total).toBe(5)
      expect(await found('', { filters: filters({ creator: ['Ada. Meyer'] }) })).toEqual(['houses'])
      expect(await found('', { filters: filters({ creator: ['Jo `x` && house:*'] }) })).toEqual(['night'])
      expect(await found('', { filters: filters({ creator: ["O'Brien, [a]"] }) })).toEqual(['logo'])
      for (const hostile of [
        '` || n:>0 || keys:=`',
        '] || house:!=[x',
        'x) || (n:>=0',
        '\\',
        '*',
        'Ada Meyer` || `',
        "' OR 1=1 --",
        '<script>',
        'ada meyer',
      ])
        expect([hostile, (await ask('', { filters: filters({ creator: [hostile] }) })).total]).toEqual([hostile, 0])
    })

    test('codes of facets that nobody knows let nothing through', async () => {
      expect(await ask('', { filters: filters({ kind: ['PIRATE'] }) })).toMatchObject({ total: 0, ids: [] })
      expect(await ask('', { filters: filters({ collection: ['col_none'] }) })).toMatchObject({ total: 0, ids: [] })
    })

    test('what may be used where: filtered and counted, as the rights engine says', async () => {
      const today = dayOf(ctx.clock.now(), 'Europe/Berlin')
      const cell = (search: string, exclusive = false) => cellOf(readRights(new URLSearchParams(search)), exclusive, today, 'Europe/Berlin')
      const [shared, alone] = [cell('medium=billboard&territory=DE'), cell('medium=billboard&territory=DE', true)]
      const usable = await ask('', { rights: { filter: shared, count: [shared, alone] } })
      const names = usable.ids.map(nameOf)
      expect(names).not.toContain('narrow')
      expect(names).toContain('harbour')
      expect(usable.usable[shared.key]).toBe(usable.total)
      const exclusively = await ask('', { rights: { filter: alone, count: [shared, alone] } })
      expect(exclusively.total).toBe(usable.usable[alone.key])
      expect(exclusively.usable).toEqual(usable.usable)
      const nowhere = await ask('', { rights: { filter: null, count: [shared] } })
      expect(nowhere.total).toBe(8)
      expect(nowhere.usable[shared.key]).toBe(usable.total)
      await t.db.$executeRaw`UPDATE acquisitions SET superseded_at = ${ctx.clock.now()} WHERE asset_id = ${ids.harbour}`
      await engine.settle(ctx, ctx.actor.houseId)
      expect((await found('', { rights: { filter: shared, count: [] } })).sort()).toEqual(
        names.filter((picture) => picture !== 'harbour').sort(),
      )
    })

    test('pages hold together: no picture twice, none left out; a page far behind the end is empty', async () => {
      for (const text of ['', 'boats ']) {
        const whole = (await ask(text)).ids
        const parts: string[] = []
        for (let offset = 0; offset < whole.length; offset += 3) parts.push(...(await ask(text, { offset, limit: 3 })).ids)
        expect(parts).toEqual(whole)
      }
      expect(await ask('', { offset: 1_000_000 })).toMatchObject({ ids: [], total: 8 })
      expect(await found('', { sort: 'oldest' })).toEqual(all)
      expect(await found('boats ', { sort: 'newest' })).toEqual(['night', 'river', 'harbour'])
    })

    test('hostile input is only words', async () => {
      const hostile = [
        'x'.repeat(10_000),
        'boats '.repeat(2_000),
        `${'harb"'.repeat(900)}`,
        "'; DROP TABLE assets; --",
        '<script>alert(1)</script>',
        '"unbalanced',
        "''''",
        '\\',
        ':*',
        '!',
        '& | ! <-> ( )',
        '-',
        '--',
        '-"',
        '%_%',
        '\u0000boats',
        '\ud800',
        '🌊',
        'بحر',
        '!!!:A*',
        '`',
        '*',
        '[1..2]',
        'keys:=[x]',
        '() || house:*',
        '½ Ⅷ ß',
      ]
      for (const text of hostile) expect((await ask(text)).ids.length).toBeLessThanOrEqual(8)
      expect(await found('trade ')).toEqual(['black'])
      expect(await t.db.asset.count()).toBe(11)
    })

    test('published is found, withdrawn is gone, changed is found by its new words and not by its old ones', async () => {
      ctx.clock.advance(1000)
      const { id } = await anAsset(ctx, { houseId: ctx.actor.houseId, title: 'Zeppelin over fields', keywords: [] })
      await engine.settle(ctx, ctx.actor.houseId)
      expect((await ask('zeppelin ')).ids).toEqual([id])
      await t.db.asset.update({ where: { id }, data: { title: 'Balloon over fields' } })
      await engine.settle(ctx, ctx.actor.houseId)
      expect((await ask('zeppelin ')).ids).toEqual([])
      expect((await ask('balloon ')).ids).toEqual([id])
      await t.db.asset.update({ where: { id }, data: { state: 'WITHDRAWN' } })
      // Before anybody has told the engine: gone at once.
      expect(await ask('balloon ')).toMatchObject({ ids: [], total: 0 })
      await engine.settle(ctx, ctx.actor.houseId)
      expect(await ask('balloon ')).toMatchObject({ ids: [], total: 0 })
    })
  })
}
