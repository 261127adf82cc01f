import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barOf, ticksOf, tracksOf, windowAround } from './timeline.ts'

const zone = 'Europe/Berlin'
const now = new Date('2026-11-21T09:00:00Z')
const window = windowAround(now, zone)

describe('the rights timeline', () => {
  test('reaches from half a year back to two and a half years ahead', () =>
    expect([window.from, window.until]).toEqual(['2026-05-01', '2029-04-30']))

  test('can be drawn closer and further away', () => {
    expect([1, 10].map((years) => windowAround(now, zone, years as 1)).map(({ from, until }) => [from, until])).toEqual([
      ['2026-09-01', '2027-08-31'],
      ['2024-11-01', '2034-10-31'],
    ])
    expect(ticksOf(windowAround(now, zone, 1), zone).map(({ label }) => label)).toEqual([
      'Nov 2026',
      'Jan 2027',
      'Mar 2027',
      'May 2027',
      'July 2027',
    ])
    expect(ticksOf(windowAround(now, zone, 10), zone)).toHaveLength(4)
  })

  test('draws a span where it stands and says where it goes on', () => {
    expect(barOf({ from: new Date('2020-01-01'), to: null }, window.span)).toEqual({
      left: 0,
      width: 100,
      opensLeft: true,
      opensRight: true,
    })
    const year = barOf({ from: new Date('2027-04-30T22:00:00Z'), to: new Date('2028-04-30T22:00:00Z') }, window.span)
    expect(year).toMatchObject({ opensLeft: false, opensRight: false })
    expect(year?.left).toBeCloseTo(33.3, 0)
    expect(year?.width).toBeCloseTo(33.4, 0)
  })

  test('leaves out what lies outside', () => {
    expect(barOf({ from: new Date('2020-01-01'), to: window.span.from }, window.span)).toBeUndefined()
    expect(barOf({ from: window.span.to as Date, to: null }, window.span)).toBeUndefined()
  })

  test('has a mark each half-year', () =>
    expect(ticksOf(window, zone).map(({ label }) => label)).toEqual(['Nov 2026', 'May 2027', 'Nov 2027', 'May 2028', 'Nov 2028']))

  test('draws no bar over another, and uses no more tracks than bars meet', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ left: fc.nat(100), width: fc.integer({ min: 1, max: 60 }) }), { maxLength: 25 }), (bars) => {
        const tracks = tracksOf(bars)
        const meet = (a: number, b: number) =>
          bars[a]!.left < bars[b]!.left + bars[b]!.width && bars[b]!.left < bars[a]!.left + bars[a]!.width
        for (let a = 0; a < bars.length; a++) for (let b = 0; b < a; b++) if (tracks[a] === tracks[b]) expect(meet(a, b)).toBe(false)
        const most = Math.max(
          0,
          ...bars.map((bar) => bars.filter((other) => other.left <= bar.left && bar.left < other.left + other.width).length),
        )
        expect(new Set(tracks).size).toBe(most)
      }),
    ))
})
