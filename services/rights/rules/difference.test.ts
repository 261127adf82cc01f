import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyRights, cases, change, instant, mediaLeaves, when } from '#services/testing/small-world.ts'
import { availabilityKnown } from './availability.ts'
import { everything } from './box.ts'
import { differenceOf, type DifferenceQuestion } from './difference.ts'
import { changed } from './impact.ts'
import { asKnown, type AssetRights } from './known.ts'
import { LeafSet } from './leaf-set.ts'

const question: DifferenceQuestion = {
  media: mediaLeaves.map((leaf) => LeafSet.of(leaf)),
  territory: [LeafSet.of(1, 2), LeafSet.of(3), LeafSet.all],
  period: { from: instant(1), to: instant(4) },
  by: 'holder',
}
const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id)

describe('differenceOf', () => {
  test('finds each row that came or went, once, and exactly the cells that answer differently', () =>
    fc.assert(
      fc.property(anyRights, change, when, (all, draw, { knownAt }) => {
        const a = asKnown(all, knownAt)
        const b = changed(a, draw(all))
        const difference = differenceOf(a, b, question)
        for (const kind of ['acquisitions', 'releases', 'restrictions', 'claims'] as const) {
          const { added, ended, changed } = difference.rows[kind]
          const replaced = changed.filter(({ before, after }) => before.id !== after.id)
          const [came, went] = [
            ids([...added, ...replaced.map(({ after }) => after)]),
            ids([...ended, ...replaced.map(({ before }) => before)]),
          ]
          expect([...came].sort()).toEqual(
            ids(b[kind])
              .filter((id) => !ids(a[kind]).includes(id))
              .sort(),
          )
          expect([...went].sort()).toEqual(
            ids(a[kind])
              .filter((id) => !ids(b[kind]).includes(id))
              .sort(),
          )
        }
        const [before, after] = [availabilityKnown(a, question, instant(1)), availabilityKnown(b, question, instant(1))]
        const cells = before.flatMap((row, i) => row.map((cell, j) => ({ row: i, column: j, before: cell, after: after[i]?.[j] })))
        expect(difference.cells).toEqual(cells.filter((cell) => cell.before !== cell.after))
      }),
      { numRuns: cases(200) },
    ))

  const since = { recordedAt: instant(-10), supersededAt: null }
  const box = { ...everything, period: { from: instant(0), to: instant(9) } }
  const acquisition = { ...since, id: 'acq', contract: 'C-1', licensor: 'L', box, subLicensable: true, exclusive: false }
  const release = {
    ...since,
    id: 'rel',
    kind: 'MODEL' as const,
    status: 'UNLIMITED' as const,
    reference: 'MR-1',
    box,
    minor: false,
    guardian: null,
    aiUses: false,
    sensitive: LeafSet.none,
  }
  const restriction = { ...since, id: 'res', kind: 'EMBARGO' as const, reason: 'Launch', reference: null, box }
  const claim = { ...since, id: '1', licenceNo: 1n, box, exclusive: false, state: 'HELD' as const }
  const base: AssetRights = {
    asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
    acquisitions: [acquisition],
    releases: [release],
    restrictions: [restriction],
    claims: [claim],
    licences: [],
  }
  const rows = (b: Partial<AssetRights>) => differenceOf(base, { ...base, ...b }, question).rows
  const same = { added: [], ended: [], changed: [] }

  test('says nothing of what is the same', () =>
    expect(differenceOf(base, base, question)).toEqual({
      rows: { acquisitions: same, releases: same, restrictions: same, claims: same },
      asset: [],
      cells: [],
    }))

  test('a row that comes under the name of one that goes is that one, changed, and says in what', () => {
    const less = { ...acquisition, id: 'acq2', box: { ...box, territory: LeafSet.of(1), period: { ...box.period, to: null } } }
    expect(rows({ acquisitions: [less] }).acquisitions).toEqual({
      ...same,
      changed: [{ before: acquisition, after: less, fields: ['territory', 'period'] }],
    })
    const other = { ...acquisition, id: 'acq3', contract: 'C-2' }
    expect(rows({ acquisitions: [other] }).acquisitions).toEqual({ ...same, added: [other], ended: [acquisition] })
    const elsewhere = { ...acquisition, id: 'acq3', licensor: 'M' }
    expect(rows({ acquisitions: [elsewhere] }).acquisitions).toMatchObject({ added: [elsewhere], ended: [acquisition] })
    const two = [less, { ...less, id: 'acq4' }]
    expect(rows({ acquisitions: two }).acquisitions).toMatchObject({ added: [two[1]], ended: [], changed: [{ after: less }] })
  })

  test('each kind has its own name, and its own words that may change', () => {
    const fields = (b: Partial<AssetRights>, kind: 'acquisitions' | 'releases' | 'restrictions' | 'claims') =>
      rows(b)[kind].changed.map((one) => one.fields)
    for (const change of [{ subLicensable: false }, { exclusive: true }])
      expect(fields({ acquisitions: [{ ...acquisition, id: 'x', ...change }] }, 'acquisitions')).toEqual([['terms']])
    for (const change of [
      { status: 'WITHDRAWN' as const },
      { minor: true },
      { guardian: 'H' },
      { aiUses: true },
      { sensitive: LeafSet.of(5) },
    ])
      expect(fields({ releases: [{ ...release, id: 'x', ...change }] }, 'releases')).toEqual([['terms']])
    expect(rows({ releases: [{ ...release, id: 'x', kind: 'PROPERTY' }] }).releases.changed).toEqual([])
    expect(rows({ releases: [{ ...release, id: 'x', reference: 'MR-2' }] }).releases.changed).toEqual([])
    expect(
      fields(
        { restrictions: [{ ...restriction, id: 'x', box: { ...box, media: LeafSet.of(1), industry: LeafSet.of(1) } }] },
        'restrictions',
      ),
    ).toEqual([['media', 'industry']])
    expect(rows({ restrictions: [{ ...restriction, id: 'x', reason: 'Later' }] }).restrictions.changed).toEqual([])
    expect(rows({ restrictions: [{ ...restriction, id: 'x', kind: 'HOLDBACK' }] }).restrictions.changed).toEqual([])
    const cited = { ...restriction, reference: 'Letter' }
    const reread = differenceOf(
      { ...base, restrictions: [cited] },
      { ...base, restrictions: [{ ...cited, id: 'x', reason: 'Later' }] },
      question,
    )
    expect(reread.rows.restrictions.changed.map((one) => one.fields)).toEqual([['terms']])
    expect(fields({ claims: [{ ...claim, state: 'ACTIVE' }] }, 'claims')).toEqual([['terms']])
    expect(fields({ claims: [{ ...claim, exclusive: true }] }, 'claims')).toEqual([['terms']])
    expect(fields({ claims: [{ ...claim, id: '2', box: { ...box, period: { ...box.period, from: instant(1) } } }] }, 'claims')).toEqual([
      ['period'],
    ])
    expect(rows({ claims: [{ ...claim, id: '2', licenceNo: 2n }] }).claims).toMatchObject({
      added: [{ id: '2' }],
      ended: [claim],
      changed: [],
    })
  })

  test('what is said of the picture itself is compared', () =>
    expect(
      differenceOf(base, { ...base, asset: { ...base.asset, showsPeople: true, showsProperty: null, editorialOnly: true } }, question)
        .asset,
    ).toEqual([
      { field: 'showsPeople', before: false, after: true },
      { field: 'showsProperty', before: false, after: null },
      { field: 'editorialOnly', before: false, after: true },
    ]))

  test('the second grid may look at another span', () => {
    const free = {
      ...base,
      restrictions: [{ ...restriction, box: { ...box, period: { from: instant(0), to: instant(5) } } }],
      releases: [],
      claims: [],
    }
    expect(differenceOf(free, free, question).cells).toEqual([])
    const later = differenceOf(free, free, { ...question, periodAfter: { from: instant(5), to: instant(6) } }).cells
    expect(later).toHaveLength(question.media.length * question.territory.length)
    expect(later[0]).toEqual({ row: 0, column: 0, before: 'blocked', after: 'open' })
  })
})
