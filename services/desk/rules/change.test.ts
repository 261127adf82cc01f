import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { covers, everything } from '../../rights/rules/box.ts'
import type { Acquisition, AssetRights, Release } from '../../rights/rules/known.ts'
import { LeafSet } from '../../rights/rules/leaf-set.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { rewritten, type ChangeSource, type UpstreamChange } from './change.ts'
import { clashesOf, decisionsOf, fits, suggestForLicence } from './change-decisions.ts'
import { boxOfText, textOfBox } from './change-item.ts'
import { leftOf, proRata } from './change-money.ts'
import { changeStates } from './change-states.ts'
import { summarise, type Line } from './change-summary.ts'
import { termsWithin } from './change-terms.ts'
import { lossInWords } from './change-words.ts'

const at = new Date('2026-11-21T09:00:00Z')
const zone = 'Europe/Berlin'
const scope = (fields: Partial<ScopeTerms> = {}): ScopeTerms => ({
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2020-01-01',
  until: null,
  zone,
  exclusive: false,
  ...fields,
})
const known = { recordedAt: new Date('2020-01-01T00:00:00Z'), supersededAt: null }
const contract = (fields: Partial<Acquisition> = {}): Acquisition => ({
  id: 'acq_1',
  contract: 'AG-1',
  licensor: 'Gruber',
  box: boxOf(scope()),
  subLicensable: true,
  exclusive: true,
  ...known,
  ...fields,
})
const consent = (fields: Partial<Release> = {}): Release => ({
  id: 'rel_1',
  kind: 'MODEL',
  status: 'UNLIMITED',
  reference: 'MR-1',
  box: everything,
  minor: false,
  guardian: null,
  aiUses: true,
  sensitive: LeafSet.of(2_000),
  ...known,
  ...fields,
})
const rights = (fields: Partial<AssetRights>): AssetRights => ({
  asset: { id: 'ast', no: 1n, showsPeople: true, showsProperty: false, editorialOnly: false },
  acquisitions: [],
  releases: [],
  restrictions: [],
  claims: [],
  licences: [],
  ...fields,
})
const source: ChangeSource = { by: 'contract', reference: 'AG-1', assetIds: null }
const released: ChangeSource = { by: 'release', reference: 'MR-1', assetIds: null }

describe('a change of contracts', () => {
  test('ends at once without a rest, after a day with one, and leaves other contracts alone', () => {
    const all = rights({ acquisitions: [contract(), contract({ id: 'acq_2', contract: 'AG-2' })] })
    expect(rewritten(all, { kind: 'END_CONTRACT', source, lastDay: null, zone }, at)).toEqual({ change: { ends: ['acq_1'] }, rows: [] })
    const later = rewritten(all, { kind: 'END_CONTRACT', source, lastDay: '2027-01-31', zone }, at)
    expect(later.change.ends).toEqual(['acq_1'])
    expect(later.rows).toMatchObject([
      { replaces: 'acq_1', box: { period: { to: new Date('2027-01-31T23:00:00Z') } }, subLicensable: true },
    ])
  })

  test('touches no row that lies within the new bounds, and drops one that lies wholly outside', () => {
    const short = contract({ id: 'acq_short', box: boxOf(scope({ until: '2026-12-31' })) })
    const abroad = contract({ id: 'acq_jp', box: boxOf(scope({ territory: { include: ['JP'] } })) })
    const narrow: UpstreamChange = {
      kind: 'NARROW_CONTRACT',
      source,
      terms: scope({ territory: { include: ['DE', 'AT'] } }),
      ownUseOnly: false,
    }
    expect(
      rewritten(rights({ acquisitions: [short] }), { kind: 'END_CONTRACT', source, lastDay: '2027-01-31', zone }, at).change.ends,
    ).toEqual([])
    const { change, rows } = rewritten(rights({ acquisitions: [short, abroad] }), narrow, at)
    expect(change.ends).toEqual(['acq_short', 'acq_jp'])
    expect(rows.map(({ replaces }) => replaces)).toEqual(['acq_short'])
    const own = rewritten(
      rights({ acquisitions: [contract(), contract({ id: 'acq_own', subLicensable: false })] }),
      { ...narrow, terms: scope(), ownUseOnly: true },
      at,
    )
    expect(own.rows).toMatchObject([{ replaces: 'acq_1', subLicensable: false }])
  })

  test('never gives more than there was, whatever is asked', () => {
    const days = fc.integer({ min: 0, max: 1_500 }).map((n) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))
    const places = fc.uniqueArray(fc.constantFrom('DE', 'AT', 'FR', 'JP', 'US'), { minLength: 1 })
    const some = fc.record({
      include: places,
      media: fc.uniqueArray(fc.constantFrom('advertising', 'editorial', 'social'), { minLength: 1 }),
      until: fc.option(days),
    })
    fc.assert(
      fc.property(some, some, (held, left) => {
        const old = scope({ media: held.media, territory: { include: held.include }, until: held.until })
        const row = contract({ box: boxOf(old) })
        const terms = scope({ media: left.media, territory: { include: left.include }, until: left.until })
        const { rows, change } = rewritten(
          rights({ acquisitions: [row] }),
          { kind: 'NARROW_CONTRACT', source, terms, ownUseOnly: false },
          at,
        )
        expect(change.ends.length > 0 || covers(boxOf(terms), row.box)).toBe(true)
        for (const { box } of rows) {
          expect(covers(row.box, box) && covers(boxOf(terms), box)).toBe(true)
          // The words that are written down say the same box.
          const words = boxOf(termsWithin(old, box, zone, false))
          expect(covers(words, box) && covers(box, words)).toBe(true)
        }
      }),
    )
  })
})

describe('a change of consents', () => {
  test('withdrawn today bars from today; withdrawn later, the consent goes on until then', () => {
    const today = rewritten(
      rights({ releases: [consent()] }),
      { kind: 'WITHDRAW_CONSENT', source: released, firstDay: '2026-11-21', zone },
      at,
    )
    expect(today.rows.map(({ status }) => status)).toEqual(['WITHDRAWN'])
    const later = rewritten(
      rights({ releases: [consent(), consent({ id: 'rel_2', status: 'NONE' })] }),
      { kind: 'WITHDRAW_CONSENT', source: released, firstDay: '2027-01-01', zone },
      at,
    )
    expect(later.rows.map(({ status, box }) => [status, box.period.to?.toISOString() ?? null])).toEqual([
      ['LIMITED', '2026-12-31T23:00:00.000Z'],
      ['WITHDRAWN', null],
    ])
    expect(later.change.ends).toEqual(['rel_1'])
  })

  test('narrowed loses what is said, and is none where nothing is left', () => {
    const ask = (terms: ScopeTerms, withoutAi = false, withoutSensitive = false) =>
      rewritten(
        rights({ releases: [consent({ box: boxOf(scope()) })] }),
        { kind: 'NARROW_CONSENT', source: released, terms, withoutAi, withoutSensitive },
        at,
      ).rows
    expect(ask(scope())).toEqual([])
    expect(ask(scope(), true, true)).toMatchObject([{ status: 'LIMITED', aiUses: false, sensitive: LeafSet.none }])
    expect(ask(scope({ media: ['editorial'] }))).toMatchObject([{ status: 'LIMITED', aiUses: true }])
    expect(ask(scope({ from: '2010-01-01', until: '2010-12-31' }))).toMatchObject([{ status: 'NONE' }])
  })
})

test('the rest of a term is paid back to the day, never more than is left, and not at all without an end', () => {
  const term = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') }
  const paid = { paidMinor: 36_500n, refundedMinor: 0n }
  expect(proRata(paid, term, new Date('2026-12-31T00:00:00Z'))).toBe(100n)
  expect(proRata(paid, term, new Date('2025-06-01T00:00:00Z'))).toBe(36_500n)
  expect(proRata(paid, term, new Date('2028-01-01T00:00:00Z'))).toBe(0n)
  expect(proRata({ ...paid, refundedMinor: 36_450n }, term, term.from)).toBe(50n)
  expect(proRata(paid, { ...term, to: null }, at)).toBeNull()
  expect(leftOf({ paidMinor: 5n, refundedMinor: 9n })).toBe(0n)
})

describe('decisions', () => {
  const sold = { whole: true, leftMinor: 100n, proRataMinor: 40n }
  const given = { whole: true, leftMinor: 0n, proRataMinor: null }
  const end: UpstreamChange = { kind: 'END_CONTRACT', source, lastDay: null, zone }
  const withdraw: UpstreamChange = { kind: 'WITHDRAW_CONSENT', source: released, firstDay: '2026-11-21', zone }
  const hold: UpstreamChange = { kind: 'BAN', source, ban: 'LEGAL_HOLD', reason: 'Court', reference: null, terms: scope() }

  test('are proposed by what changed and by what was paid, and what is proposed always fits', () => {
    expect([end, withdraw, hold].map((change) => suggestForLicence(change, sold))).toEqual(['KEEP', 'REVOKE_AND_REFUND_PART', 'SUSPEND'])
    expect([end, withdraw, hold].map((change) => suggestForLicence(change, given))).toEqual(['REVOKE', 'REVOKE', 'SUSPEND'])
    expect([end, withdraw, hold].map((change) => suggestForLicence(change, { ...given, whole: false }))).toEqual([
      'TELL_HOLDER',
      'TELL_HOLDER',
      'TELL_HOLDER',
    ])
    for (const change of [end, withdraw, hold, { ...hold, ban: 'EMBARGO' as const }])
      for (const whole of [true, false])
        for (const [leftMinor, proRataMinor] of [
          [0n, null],
          [100n, null],
          [100n, 0n],
          [100n, 40n],
        ] as const) {
          const licence = { whole, leftMinor, proRataMinor }
          expect(fits('LICENCE', suggestForLicence(change, licence), licence)).toBe(true)
        }
  })

  test('fit their kind of line, and money goes back only where some came', () => {
    for (const decision of decisionsOf.LICENCE) expect(fits('LICENCE', decision, sold)).toBe(true)
    expect(fits('LICENCE', 'REVOKE_AND_REFUND', given)).toBe(false)
    expect(fits('LICENCE', 'REVOKE_AND_REFUND_PART', { ...sold, proRataMinor: null })).toBe(false)
    expect(fits('KIT', 'WITHDRAW')).toBe(false)
    expect(fits('HOLD', 'KEEP')).toBe(false)
  })

  test('clash where a kit loses a picture whose licence is to stay', () => {
    const kit = { kind: 'KIT' as const, no: 3, kitId: 'kit', assetId: 'ast', decision: 'REMOVE' }
    const licence = { kind: 'LICENCE' as const, no: 1, kitId: 'kit', assetId: 'ast', decision: 'KEEP' }
    expect(clashesOf([licence, kit])).toEqual([{ kit: 3, licence: 1 }])
    expect(clashesOf([{ ...licence, decision: 'REVOKE' }, kit])).toEqual([])
    expect(clashesOf([{ ...licence, kitId: null }, kit, { ...licence, assetId: 'other' }])).toEqual([])
    expect(clashesOf([licence, { ...kit, decision: 'KEEP' }])).toEqual([])
  })
})

test('a plan goes from draft to applied or dropped, and never back', () => {
  expect(changeStates.whence('apply')).toEqual(['DRAFT'])
  expect(changeStates.whence('drop')).toEqual(['DRAFT'])
  expect(changeStates.whence('finish')).toEqual(['APPLYING'])
  expect(changeStates.verbs('APPLIED')).toEqual([])
  expect(changeStates.verbs('DROPPED')).toEqual([])
})

test('a box survives its being stored, and a loss is said in a few lines', () => {
  const box = boxOf(scope({ media: ['editorial'], territory: { include: ['AT'] }, from: '2027-01-01', until: '2027-06-30' }))
  expect(boxOfText(textOfBox(box))).toEqual(box)
  expect(boxOfText(textOfBox(everything))).toEqual(everything)
  expect(lossInWords([box, box], zone)).toHaveLength(1)
  expect(lossInWords([box], zone)[0]).toContain('Austria')
  const many = Array.from({ length: 9 }, (_, n) => boxOf(scope({ from: `202${n}-01-01` })))
  expect(lossInWords(many, zone)).toHaveLength(7)
})

test('a summary counts each line once, by month, holder and currency', () => {
  const line = (fields: Partial<Line>): Line => ({
    kind: 'LICENCE',
    subjectId: 's',
    assetId: 'a',
    holderOrgId: 'org',
    title: 't',
    currency: 'EUR',
    paidMinor: 100n,
    suggestion: null,
    decision: null,
    facts: { whole: true, boxes: [], from: '2026-12-31T23:30:00.000Z', leftMinor: '80', proRataMinor: null },
    ...fields,
  })
  const lines = [
    line({}),
    line({
      holderOrgId: 'org_b',
      currency: null,
      paidMinor: null,
      facts: { whole: false, boxes: [], from: '2026-11-21T09:00:00.000Z', exclusive: true },
    }),
    line({ kind: 'KIT', facts: { whole: true, boxes: [], from: null, kitId: 'k', holders: 3 } }),
    line({ kind: 'HOLD' }),
  ]
  const summary = summarise(lines, {
    assets: { total: 2, touched: 1, dead: 0, published: 2, deadPublished: 0, freed: 0 },
    carts: 0,
    renditions: 0,
    deliveries: { count: 0, people: 0, last: null },
    people: new Map([['org', { name: 'Kite', people: 4 }]]),
    zone,
  })
  expect(summary.licences).toEqual({ whole: 1, part: 1, exclusive: 1, paid: 1, granted: 1 })
  expect(summary.money).toEqual([{ currency: 'EUR', paid: '100', refunded: '20', left: '80', proRata: '80', licences: 1 }])
  // 23:30 in Greenwich is the new year in Berlin.
  expect(summary.months).toEqual([
    { month: '2026-11', whole: 0, part: 1 },
    { month: '2027-01', whole: 1, part: 0 },
  ])
  expect(summary.holders).toMatchObject({ organisations: 2, people: 4 })
  expect(summary.kits).toEqual({ kits: 1, placements: 1, holders: 3 })
})
