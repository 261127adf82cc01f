import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { addAcquisition, endAcquisition } from './acquisitions.ts'
import { asOfPage, type AsOfAsked } from './as-of-views.ts'
import { historyPage, type HistoryAsked } from './history-views.ts'
import { imposeRestriction, liftRestriction } from './restrictions.ts'
import type { ScopeTerms } from './rules/scope.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

const all: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2026-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}
const sure = <T, E>(outcome: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!outcome.ok) throw new Error(String(outcome.error))
  return outcome.value
}

/** A picture of which more became known month by month: held in March, barred in May, read anew in July, lifted in September. */
async function aHistory() {
  const base = testContext(t.db)
  base.clock.set(new Date('2026-02-01T09:00:00Z'))
  const house = await aHouse(base)
  const mara = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'], name: 'Mara Feld' }))
  const otto = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'], name: 'Otto Kern' }))
  const asset = await anAsset(mara, { houseId: house.id, held: false, title: 'Lighthouse' })
  const on = (day: string) => base.clock.set(new Date(`${day}T09:00:00Z`))
  on('2026-03-10')
  const { id: first } = sure(
    await addAcquisition(mara, {
      assetId: asset.id,
      contract: 'C-1',
      licensor: 'Studio Brandt',
      subLicensable: true,
      terms: { ...all, territory: { include: ['DACH'] } },
    }),
  )
  on('2026-05-05')
  const { id: ban } = sure(
    await imposeRestriction(otto, {
      assetId: asset.id,
      kind: 'EMBARGO',
      reason: 'Film premiere',
      terms: { ...all, territory: { include: ['AT'] } },
    }),
  )
  on('2026-07-07')
  sure(
    await addAcquisition(mara, {
      assetId: asset.id,
      contract: 'C-1',
      licensor: 'Studio Brandt',
      subLicensable: true,
      terms: all,
      replaces: first,
    }),
  )
  on('2026-09-09')
  sure(await liftRestriction(otto, { id: ban, reason: 'The film is out' }))
  on('2026-11-21')
  return { base, house, asset, mara, otto, first, ban }
}
const asked = (fields: Partial<AsOfAsked> = {}): AsOfAsked => ({ known: null, than: null, at: null, media: [], territory: [], ...fields })
const span = (fields: Partial<HistoryAsked> = {}): HistoryAsked => ({
  from: '2026-01-01',
  to: '2026-12-31',
  kind: null,
  contract: null,
  person: null,
  after: null,
  ...fields,
})

describe('what was known then', () => {
  test('is set against what is known now: rows with who and when, cells, and the answer to a use', async () => {
    const { asset, mara, ban } = await aHistory()
    const page = await asOfPage(
      mara,
      asset.id,
      asked({ than: '2026-06-01', known: '2026-11-21', at: '2026-06-01', media: ['billboard'], territory: ['AT'] }),
    )
    expect(page.rows).toMatchObject([
      {
        kind: 'contract',
        what: 'changed',
        name: 'C-1, from Studio Brandt',
        by: 'Mara Feld',
        words: ['Places: Germany, Austria and Switzerland → all'],
        at: new Date('2026-07-07T09:00:00Z'),
      },
      { kind: 'ban', what: 'ended', id: ban, name: 'Film premiere', by: 'Otto Kern', at: new Date('2026-09-09T09:00:00Z') },
    ])
    expect(page.answers).toMatchObject({
      then: { verdict: 'deny', reasons: [expect.stringContaining('embargo')] },
      now: { verdict: 'offer', reasons: [] },
    })
    expect(page.cells).toContainEqual({ medium: 'Editorial', before: 'partly', after: 'open', places: 'Western Europe' })
    expect(page.cells.some(({ medium, before }) => medium === 'Editorial' && before === 'blocked')).toBe(true)
    expect(page).toMatchObject({ than: '2026-06-01', known: '2026-11-21', unknownThen: false, more: 0, declared: [] })
    expect(page.days).toEqual(['2026-09-09', '2026-07-07', '2026-05-05', '2026-03-10'])
  })

  test('may be nothing, before the picture came', async () => {
    const { asset, mara } = await aHistory()
    const page = await asOfPage(mara, asset.id, asked({ than: '2026-01-15', known: '2026-04-01', at: '2026-06-01' }))
    expect(page).toMatchObject({ unknownThen: true, answers: null, rows: [{ kind: 'contract', what: 'added', by: 'Mara Feld' }] })
  })

  test('is the same where nothing was written down in between', async () => {
    const { asset, mara } = await aHistory()
    expect(await asOfPage(mara, asset.id, asked({ than: '2026-10-01', known: '2026-10-30' }))).toMatchObject({
      rows: [],
      cells: [],
      declared: [],
    })
  })

  test('is asked for by days in any order; later ones than today and unreadable ones are not', async () => {
    const { asset, mara } = await aHistory()
    expect(
      await asOfPage(
        mara,
        asset.id,
        asked({ than: '2027-12-01', known: '2026-03-01', at: 'soon', media: ['nonsense'], territory: ['DE'] }),
      ),
    ).toMatchObject({
      than: '2026-03-01',
      known: '2026-11-21',
      at: '2026-11-21',
      asked: { media: [], territory: ['DE'] },
      answers: null,
    })
  })

  test('is for staff of the house', async () => {
    const { asset, base, house } = await aHistory()
    await expect(asOfPage(asActor(base, aGuest(house.id)), asset.id, asked())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(asOfPage((await aHistory()).mara, asset.id, asked())).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('what changed in the house', () => {
  const words = (page: Awaited<ReturnType<typeof historyPage>>) =>
    page.items.map(({ kind, what, by, day }) => `${day} ${kind} ${what} ${by}`)

  test('is listed with who and when, the latest first', async () => {
    const { mara } = await aHistory()
    const page = await historyPage(mara, span())
    expect(words(page)).toEqual([
      '2026-09-09 ban ended Otto Kern',
      '2026-07-07 contract added Mara Feld',
      '2026-07-07 contract ended Mara Feld',
      '2026-05-05 ban added Otto Kern',
      '2026-03-10 contract added Mara Feld',
    ])
    expect(page.items[0]).toMatchObject({ name: 'Film premiere', asset: { title: 'Lighthouse' }, dayBefore: '2026-09-08' })
  })

  test('can be narrowed to days, kinds, contracts and people', async () => {
    const { mara, otto } = await aHistory()
    expect(words(await historyPage(mara, span({ from: '2026-07-07', to: '2026-07-07' })))).toHaveLength(2)
    expect(words(await historyPage(mara, span({ kind: 'ban' })))).toHaveLength(2)
    expect(words(await historyPage(mara, span({ contract: 'c-' })))).toHaveLength(3)
    expect(words(await historyPage(mara, span({ contract: '%' })))).toEqual([])
    const { userId } = otto.actor as { userId: string }
    expect(words(await historyPage(mara, span({ person: userId })))).toEqual([
      '2026-09-09 ban ended Otto Kern',
      '2026-05-05 ban added Otto Kern',
    ])
    expect(await historyPage(mara, span({ from: 'x', to: '2026-11-30', kind: 'x', person: 'x' }))).toMatchObject({
      from: '2026-10-21',
      to: '2026-11-30',
      kind: null,
      person: '',
      items: [],
    })
  })

  test('is paged, each line once', async () => {
    const { mara, asset } = await aHistory()
    for (let n = 0; n < 60; n++) sure(await imposeRestriction(mara, { assetId: asset.id, kind: 'OTHER', reason: `No. ${n}`, terms: all }))
    const first = await historyPage(mara, span())
    const second = await historyPage(mara, span({ after: first.next }))
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 15, null])
    expect(new Set([...first.items, ...second.items].map(({ id, what }) => id + what)).size).toBe(65)
  })

  test('is for staff, and for the house’s own rows', async () => {
    const { mara, base, house, first } = await aHistory()
    await expect(historyPage(asActor(base, aGuest(house.id)), span())).rejects.toMatchObject({ code: 'forbidden' })
    const other = await aHistory()
    expect((await historyPage(other.mara, span())).items.map(({ id }) => id)).not.toContain(first)
    sure(
      await endAcquisition(mara, {
        id: (await t.db.acquisition.findFirstOrThrow({ where: { houseId: house.id, supersededAt: null } })).id,
        reason: 'Over',
      }),
    )
    expect(words(await historyPage(mara, span()))[0]).toBe('2026-11-21 contract ended Mara Feld')
  })
})
