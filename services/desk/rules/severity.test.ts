import { describe, expect, test } from 'vitest'
import { workKinds } from './kinds.ts'
import { severities, severityOf, turnRows } from './severity.ts'

const now = new Date('2026-11-21T09:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)
const of = (kind: (typeof workKinds)[number], days: number, licences = 0) => severityOf({ kind, dueAt: inDays(days), licences }, now)

describe('how bad a line is', () => {
  test.each([
    ['contract-ends', 61, 3, 'routine'],
    ['contract-ends', 60, 3, 'serious'],
    ['contract-ends', 15, 3, 'serious'],
    ['contract-ends', 14, 3, 'critical'],
    ['contract-ends', -5, 3, 'critical'],
    ['contract-ends', 15, 0, 'routine'],
    ['contract-ends', 14, 0, 'serious'],
    ['contract-ends', -20, 0, 'serious'],
    ['release-ends', 14, 1, 'critical'],
    ['release-ends', 14, 0, 'serious'],
    ['release-ends', 15, 0, 'routine'],
    ['licence-ends', 8, 1, 'routine'],
    ['licence-ends', 7, 1, 'serious'],
    ['ban-ends', 0, 5, 'routine'],
    ['embargo-lifts', 4, 0, 'routine'],
    ['embargo-lifts', 3, 0, 'serious'],
    ['outside-contract', 0, 1, 'critical'],
    ['meets-ban', 0, 1, 'critical'],
    ['consent-withdrawn', 0, 1, 'critical'],
    ['paid-not-granted', 0, 0, 'serious'],
    ['paid-not-granted', -3, 0, 'critical'],
    ['nothing-held', 0, 1, 'critical'],
    ['nothing-held', -6, 0, 'serious'],
    ['nothing-held', -7, 0, 'critical'],
    ['release-missing', -100, 0, 'serious'],
    ['release-missing', -29, 2, 'serious'],
    ['release-missing', -30, 2, 'critical'],
    ['unanswered', -29, 0, 'routine'],
    ['unanswered', -30, 0, 'serious'],
    ['unanswered', -14, 1, 'serious'],
    ['import-collides', -6, 1, 'serious'],
    ['import-collides', -7, 1, 'critical'],
    ['twin-suspected', -6, 0, 'routine'],
    ['twin-suspected', -7, 0, 'serious'],
    ['request-waits', -1, 0, 'routine'],
    ['request-waits', -2, 0, 'serious'],
    ['request-waits', -7, 0, 'critical'],
    ['change-draft', -7, 0, 'serious'],
    ['second-in-line', -300, 0, 'routine'],
    ['file-rights', -6, 1, 'routine'],
    ['file-rights', -8, 1, 'serious'],
  ] as const)('%s in %i days with %i licences is %s', (kind, days, licences, expected) => {
    expect(of(kind, days, licences)).toBe(expected)
  })

  test('never falls as the day comes nearer, nor when licences rest on it', () => {
    const rank = (kind: (typeof workKinds)[number], days: number, licences: number) => severities.indexOf(of(kind, days, licences))
    for (const kind of workKinds)
      for (let days = 90; days > -60; days--) {
        expect(rank(kind, days - 1, 0)).toBeGreaterThanOrEqual(rank(kind, days, 0))
        expect(rank(kind, days, 1)).toBeGreaterThanOrEqual(rank(kind, days, 0))
      }
  })

  test('has a row for each kind, with and without licences', () => {
    expect(turnRows).toHaveLength(workKinds.length * 2)
    for (const { serious, critical } of turnRows) expect(serious).toBeGreaterThanOrEqual(critical)
  })
})
