import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { availability } from './availability.ts'
import type { Box } from './box.ts'
import { cellOf } from './cell.ts'
import { decide } from './decide.ts'
import {
  axesOf,
  condensed,
  framesOf,
  gridIndustry,
  gridMedia,
  gridMonths,
  gridTerritory,
  momentInWords,
  momentOf,
  opennessAt,
  stepDay,
} from './grid.ts'
import type { AssetRights } from './known.ts'
import { LeafSet, unionOf } from './leaf-set.ts'
import { boxOf } from './scope.ts'
import { sensitiveIndustries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

const zone = 'Europe/Berlin'
const today = '2026-11-21'
const now = new Date('2026-11-21T09:00:00Z')
const when = { at: now, knownAt: now }
const before = { recordedAt: new Date('2026-01-01'), supersededAt: null }
const world: Box = { media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all, period: { from: new Date('2020-01-01'), to: null } }
const held: AssetRights = {
  asset: { id: 'ast_1', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
  acquisitions: [{ id: 'acq_1', contract: 'C-1', licensor: 'L', box: world, subLicensable: true, exclusive: true, ...before }],
  releases: [],
  restrictions: [],
  claims: [],
  licences: [],
}
const claim = (id: string, box: Partial<Box>, exclusive: boolean) => ({
  id,
  licenceNo: BigInt(id),
  box: { ...world, ...box },
  exclusive,
  state: 'ACTIVE' as const,
  ...before,
})
const months = (from: number, to: number) => ({ from: new Date(Date.UTC(2026, 9 + from, 1)), to: new Date(Date.UTC(2026, 9 + to, 1)) })

describe('the axes', () => {
  test('have each medium and each inhabited country in one cell', () => {
    const { media: rows, territory } = axesOf()
    expect(unionOf(rows.map(({ code }) => media.resolve([code])))).toEqual(unionOf(media.leaves.map(({ code }) => media.resolve([code]))))
    const places = territory.map(({ code }) => territories.resolve([code]))
    expect(places.some((a, i) => places.some((b, j) => i < j && a.overlaps(b)))).toBe(false)
    expect(territories.leaves.filter(({ no }) => !places.some((set) => set.has(no))).map(({ code }) => code)).toEqual(['AQ'])
  })

  test('open into their leaves, which are together the row', () => {
    const { media: rows } = axesOf(['advertising', 'no-such-code', 'DE'])
    const parts = rows.filter(({ parent }) => parent === 'advertising')
    expect(parts.length).toBeGreaterThan(5)
    expect(unionOf(parts.map(({ code }) => media.resolve([code])))).toEqual(media.resolve(['advertising']))
    expect(rows.find(({ code }) => code === 'advertising')).toMatchObject({ parts: true, open: true })
    expect(axesOf(['M49:155']).territory.map(({ label }) => label)).toContain('Germany')
  })
})

describe('the slider', () => {
  test('stands on today, then on the first of each month', () =>
    expect([0, 1, 2, 36].map((step) => stepDay(step, today))).toEqual(['2026-11-21', '2026-12-01', '2027-01-01', '2029-11-01']))
  test('asks about one day, or about a span that begins there', () => {
    expect(momentInWords(momentOf(0, 0, today, zone))).toBe('21 November 2026')
    expect(momentInWords(momentOf(1, 12, today, zone))).toBe('1 December 2026 to 30 November 2027')
    expect(momentOf(1, 1, today, zone).period).toEqual({ from: new Date('2026-11-30T23:00:00Z'), to: new Date('2026-12-31T23:00:00Z') })
  })
})

const set = (words: typeof media | typeof territories, codes: readonly string[]) =>
  fc.oneof(
    fc.constant(LeafSet.all),
    fc.subarray([...codes], { minLength: 1, maxLength: 3 }).map((some) => words.resolve(some)),
  )
const someBox: fc.Arbitrary<Box> = fc.record({
  media: set(media, gridMedia),
  territory: set(territories, gridTerritory),
  industry: fc.constant(LeafSet.all),
  period: fc
    .tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.boolean())
    .map(([from, length, open]) => (open ? { ...months(from, 0), to: null } : months(from, from + length))),
})
const someRights = fc
  .record({
    held: fc.array(someBox, { maxLength: 3 }),
    bans: fc.array(someBox, { maxLength: 3 }),
    claims: fc.array(fc.tuple(someBox, fc.boolean()), { maxLength: 14 }),
    alike: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
  })
  .map(({ held: more, bans, claims, alike }): AssetRights => ({
    ...held,
    acquisitions: [
      ...(more.length === 2 ? [] : held.acquisitions),
      ...more.map((box, i) => ({ id: `acq_${i}`, contract: 'C', licensor: 'L', box, subLicensable: true, exclusive: true, ...before })),
    ],
    restrictions: bans.map((box, i) => ({ id: `res_${i}`, kind: 'EMBARGO' as const, reason: 'R', reference: null, box, ...before })),
    claims: [
      ...claims.map(([box, exclusive], i) => claim(String(i + 1), box, exclusive)),
      ...alike.map((from, i) => claim(String(100 + i), { period: months(from, from + 3) }, false)),
    ],
  }))

describe('many positions of the slider', () => {
  test('give the same letters as asking for each of them', () =>
    fc.assert(
      fc.property(someRights, fc.constantFrom(...gridMonths), (rights, length) => {
        const axes = axesOf()
        const moments = [0, 1, 2, 5, 9, 14, 36].map((step) => momentOf(step, length, today, zone))
        const frames = framesOf(rights, axes, moments, when)
        moments.forEach(({ period }, index) => {
          const question = {
            media: axes.media.map(({ code }) => media.resolve([code])),
            territory: axes.territory.map(({ code }) => territories.resolve([code])),
            period,
            by: 'holder' as const,
          }
          const cells = availability(rights, question, when)
          axes.media.forEach((_, i) =>
            axes.territory.forEach((_place, j) => expect(opennessAt(frames[index] as string, axes, i, j)).toBe(cells[i]?.[j])),
          )
        })
      }),
      { numRuns: Number(process.env['GRID_CASES'] ?? 15) },
    ))

  test('joins a best-seller’s plain licences', () => {
    const claims = Array.from({ length: 500 }, (_, i) => claim(String(i + 1), { period: months(i % 20, (i % 20) + 2) }, false))
    expect(condensed({ ...held, claims }, now).claims).toHaveLength(1)
  })

  test('does not know what was recorded later', () => {
    const claims = Array.from({ length: 10 }, (_, i) => ({ ...claim(String(i + 1), {}, true), recordedAt: new Date('2026-12-01') }))
    expect(framesOf({ ...held, claims }, axesOf(), [momentOf(0, 0, today, zone)], when)[0]).toMatch(/^O+$/)
  })
})

describe('a cell', () => {
  const moment = momentOf(1, 12, today, zone)
  test('that is open says with which scope, and has nothing in the way', () => {
    const cell = cellOf(held, moment, when, zone, 'editorial', 'M49:155')
    expect(cell).toMatchObject({
      openness: 'open',
      reasons: [],
      nearest: [],
      terms: { exclusive: true, media: ['editorial'], from: '2026-12-01', until: '2027-11-30' },
    })
  })
  test('open beside others names what stands against being alone', () => {
    const cell = cellOf({ ...held, claims: [claim('7', {}, false)] }, moment, when, zone, 'editorial', 'M49:155')
    expect(cell).toMatchObject({
      openness: 'non-exclusive',
      terms: { exclusive: false },
      reasons: [{ exclusiveOnly: true, row: { kind: 'claim', id: '7' } }],
    })
  })
  test('partly blocked names the row, and each way out passes the engine', () => {
    const japan = { ...world, territory: territories.resolve(['JP']) }
    const rights = {
      ...held,
      restrictions: [{ id: 'res_1', kind: 'HOLDBACK' as const, reason: 'R', reference: 'H-1', box: japan, ...before }],
    }
    const cell = cellOf(rights, moment, when, zone, 'social', 'M49:030')
    expect(cell).toMatchObject({
      openness: 'partly',
      terms: null,
      reasons: [{ row: { kind: 'restriction', id: 'res_1' }, exclusiveOnly: false }],
    })
    expect(cell?.reasons[0]?.words).toContain('H-1')
    expect(cell?.nearest.length).toBeGreaterThan(0)
    for (const { terms } of cell?.nearest ?? [])
      expect(decide(rights, { box: boxOf(terms), exclusive: terms.exclusive, by: 'holder' }, when).verdict).toBe('offer')
  })
  test('lists a few of many reasons and counts the rest', () => {
    const claims = Array.from({ length: 30 }, (_, i) => claim(String(i + 1), {}, false))
    expect(cellOf({ ...held, claims }, moment, when, zone, 'social', 'M49:030')).toMatchObject({ reasons: { length: 8 }, more: 22 })
  })
  test('that does not exist is not there', () => expect(cellOf(held, moment, when, zone, 'no-such', 'M49:030')).toBeUndefined())
})

describe('a picture of a person', () => {
  const release = {
    id: 'rel_1',
    kind: 'MODEL' as const,
    status: 'UNLIMITED' as const,
    reference: 'MR-1',
    box: world,
    minor: false,
    guardian: null,
    aiUses: false,
    ...before,
  }
  const shown: AssetRights = { ...held, asset: { ...held.asset, showsPeople: true }, releases: [{ ...release, sensitive: LeafSet.none }] }
  const moment = momentOf(0, 0, today, zone)
  const at = (rights: AssetRights, code: string) => {
    const axes = axesOf()
    const [frame = ''] = framesOf(rights, axes, [moment], when)
    return opennessAt(
      frame,
      axes,
      axes.media.findIndex((head) => head.code === code),
      0,
    )
  }

  test('is open for every industry but those that nobody consented to, and says which it left out', () => {
    expect(at(shown, 'advertising')).toBe('open')
    const left = LeafSet.all.difference(gridIndustry(shown, now))
    expect(left.equals(sensitiveIndustries)).toBe(true)
    expect(cellOf(shown, moment, when, zone, 'advertising', 'M49:155')).toMatchObject({
      openness: 'open',
      terms: { industry: ['not-sensitive'] },
    })
  })

  test('asks about all industries where all were consented to, or where nobody is shown', () => {
    const said = { ...shown, releases: [{ ...release, sensitive: sensitiveIndustries }] }
    expect(gridIndustry(said, now).equals(LeafSet.all)).toBe(true)
    expect(gridIndustry(held, now).equals(LeafSet.all)).toBe(true)
    expect(cellOf(said, moment, when, zone, 'advertising', 'M49:155')?.terms?.industry).toBe('ALL')
  })

  test('without a release nothing that needs one is open', () => {
    expect(at({ ...shown, releases: [] }, 'advertising')).toBe('blocked')
    expect(at(shown, 'ai')).toBe('blocked')
  })
})
