import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf, endOfDay } from '../../kernel/period.ts'
import * as enums from '../../platform/generated/prisma/enums.ts'
import { daysLeft, endingSpan, isInForce, standingOf } from './in-force.ts'
import { licenceEnds, licenceStateNames, licenceStates } from './licence-states.ts'
import { requestStateNames, requestStates } from './request-states.ts'

const now = new Date('2026-11-21T09:00:00Z')
const at = (days: number) => new Date(now.getTime() + days * 86_400_000)

describe('a licence', () => {
  test('has the states of the database', () => {
    expect([...licenceStateNames].sort()).toEqual(Object.values(enums.LicenceState).sort())
    expect([...licenceEnds].sort()).toEqual(Object.values(enums.LicenceEnd).sort())
    expect([...requestStateNames].sort()).toEqual(Object.values(enums.RequestState).sort())
  })

  test('reaches every state from its reservation', () => {
    const seen = new Set<string>(['RESERVED'])
    for (const state of seen)
      for (const next of Object.values(licenceStates.table[state as keyof typeof licenceStates.table])) seen.add(next)
    expect([...seen].sort()).toEqual([...licenceStateNames].sort())
  })

  test('lives as the README draws it', () => {
    const drawn = [...readFileSync('services/licensing/README.md', 'utf8').matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
      ([, from, to, verb]) => `${from} ${verb} ${to}`,
    )
    const table = licenceStates.states.flatMap((state) =>
      Object.entries(licenceStates.table[state]).map(([verb, to]) => `${state} ${verb} ${to}`),
    )
    expect(drawn.sort()).toEqual(table.sort())
  })

  test('is suspended and reinstated only while it lives', () => {
    expect(licenceStates.whence('suspend')).toEqual(['ACTIVE'])
    expect(licenceStates.whence('end')).toEqual(['ACTIVE', 'SUSPENDED'])
    expect(requestStates.whence('grant')).toEqual(['WAITING'])
  })

  test('is in force from its first instant to the one before its end', () => {
    const licence = { state: 'ACTIVE', startsAt: now, endsAt: at(1) } as const
    expect(isInForce(licence, now)).toBe(true)
    expect(isInForce(licence, new Date(now.getTime() - 1))).toBe(false)
    expect(isInForce(licence, new Date(at(1).getTime() - 1))).toBe(true)
    expect(isInForce(licence, at(1))).toBe(false)
    expect(isInForce({ ...licence, endsAt: null }, at(40_000))).toBe(true)
  })

  test.each(['RESERVED', 'AWAITING_PAYMENT', 'SUSPENDED', 'ENDED', 'CONFLICT'] as const)('gives nothing while %s', (state) => {
    expect(isInForce({ state, startsAt: at(-1), endsAt: null }, now)).toBe(false)
  })

  test('says how it stands in one word', () => {
    const licence = { state: 'ACTIVE', startsAt: at(-1), endsAt: null } as const
    expect(standingOf(licence, now)).toBe('in-force')
    expect(standingOf({ ...licence, startsAt: at(1) }, now)).toBe('upcoming')
    expect(standingOf({ ...licence, endsAt: new Date(now.getTime() + endingSpan) }, now)).toBe('ending')
    expect(standingOf({ ...licence, endsAt: now }, now)).toBe('expired')
    expect(standingOf({ ...licence, state: 'SUSPENDED' }, now)).toBe('suspended')
    expect(standingOf({ ...licence, state: 'SUSPENDED', endsAt: now }, now)).toBe('expired')
    expect(standingOf({ ...licence, state: 'RESERVED' }, now)).toBe('reserved')
    expect(standingOf({ ...licence, state: 'CONFLICT' }, now)).toBe('conflict')
    for (const endedBy of licenceEnds) expect(standingOf({ ...licence, state: 'ENDED', endedBy }, now)).toBe(endedBy.toLowerCase())
  })

  test('counts its last day as a day', () => {
    expect(daysLeft(null, now, 'UTC')).toBeNull()
    expect(daysLeft(new Date(now.getTime() + 1), now, 'UTC')).toBe(1)
    expect(daysLeft(at(30), now, 'UTC')).toBe(30)
    expect(daysLeft(at(-3), now, 'UTC')).toBe(0)
  })

  test('counts the days that people count, at every hour and over a change of the clocks', () => {
    const zone = 'Europe/Berlin'
    for (const last of ['2026-10-25', '2026-10-31', '2026-03-29', '2027-01-02', '2028-03-01']) {
      const endsAt = endOfDay(last, zone)
      for (let hours = 1; hours < 24 * 12; hours++)
        for (const at of [new Date(endsAt.getTime() - hours * 3_600_000), new Date(endsAt.getTime() - hours * 3_600_000 + 1)]) {
          const left = daysLeft(endsAt, at, zone) ?? 0
          expect([at.toISOString(), addDays(dayOf(at, zone), left - 1)]).toEqual([at.toISOString(), last])
        }
    }
  })
})
