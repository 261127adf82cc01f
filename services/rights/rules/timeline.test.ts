import { describe, expect, test } from 'vitest'
import { barOf, ticksOf, windowAround } from './timeline.ts'

const zone = 'Europe/Berlin'
const window = windowAround(new Date('2026-11-21T09:00:00Z'), zone)

describe('the rights timeline', () => {
  test('reaches from half a year back to two and a half years ahead', () =>
    expect([window.from, window.until]).toEqual(['2026-05-01', '2029-04-30']))

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
    expect(ticksOf(window.from, zone, window.span).map(({ label }) => label)).toEqual([
      'Nov 2026',
      'May 2027',
      'Nov 2027',
      'May 2028',
      'Nov 2028',
    ]))
})
