import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coversSlowly, cured, pointsIn, refusedPoints } from '#services/testing/rights-oracle.ts'
import { anyRights, box, cases, instant, patience, shuffled, use, when } from '#services/testing/small-world.ts'
import { intersection, isEmptyBox, type Box } from './box.ts'
import { boxOfUse, decide, engineVersion, type Use } from './decide.ts'
import type { AssetRights, When } from './known.ts'
import { LeafSet } from './leaf-set.ts'

const check = (property: (all: AssetRights, use: Use, when: When) => void) =>
  fc.assert(
    fc.property(anyRights, use, when, (all, use, when) => void property(all, use, when)),
    { numRuns: cases(600) },
  )

describe('decide against brute force over leaves', { timeout: patience }, () => {
  test('refuses exactly when some point is refused, and its parts are exactly the refused points', () =>
    check((all, use, when) => {
      const decision = decide(all, use, when)
      const box = boxOfUse(use, when.at)
      const refused = refusedPoints(all, use, box, when.knownAt)
      expect(decision.verdict).toBe(refused.length > 0 ? 'deny' : coversSlowly(all, use, box, when.knownAt) ? 'allow' : 'offer')
      const cited = pointsIn(decision.reasons.flatMap((reason) => [...reason.parts]))
      expect(cited).toEqual(refused)
      for (const reason of decision.reasons) for (const part of reason.parts) expect(isEmptyBox(part)).toBe(false)
    }))

  test('every denial flips when its causes are removed, and each cause is needed', () =>
    check((all, use, when) => {
      const { verdict, reasons } = decide(all, use, when)
      if (verdict !== 'deny') return
      expect(decide(reasons.reduce(cured, all), use, when).verdict).not.toBe('deny')
      for (const kept of reasons) {
        const rest = reasons.filter((reason) => reason !== kept).reduce(cured, all)
        expect(decide(rest, use, when).verdict).toBe('deny')
      }
    }))

  test('narrowing a contract or a consent, or one more ban or claim, never enlarges an answer', () =>
    fc.assert(
      fc.property(anyRights, use, when, box, (all, use, when, cut) => {
        // What is cut to nothing reaches nowhere; it is still there, and a consent that reaches nowhere bars everywhere.
        const less = <R extends { box: Box }>(rows: readonly R[]): R[] =>
          rows.map((row, i) => (i > 0 ? row : { ...row, box: intersection(row.box, cut) ?? { ...row.box, media: LeafSet.none } }))
        const since = { id: 'more', recordedAt: instant(-30), supersededAt: null, box: cut }
        const consents = (row: AssetRights['releases'][number]) => row.status === 'UNLIMITED' || row.status === 'LIMITED'
        const narrower: AssetRights[] = [
          { ...all, acquisitions: less(all.acquisitions) },
          { ...all, releases: [...less(all.releases.filter(consents)), ...all.releases.filter((row) => !consents(row))] },
          { ...all, restrictions: [...all.restrictions, { ...since, kind: 'LEGAL_HOLD', reason: 'r', reference: null }] },
          { ...all, claims: [...all.claims, { ...since, licenceNo: 99n, exclusive: true, state: 'ACTIVE' }] },
        ]
        const refused = refusedPoints(all, use, boxOfUse(use, when.at), when.knownAt)
        for (const rights of narrower) {
          const { reasons } = decide(rights, use, when)
          expect(
            pointsIn(
              reasons.flatMap((reason) => [...reason.parts]),
              refused,
            ),
          ).toEqual(refused)
        }
      }),
      { numRuns: cases(600) },
    ))

  test('is the same by the same knowledge, whatever is recorded later', () =>
    check((all, use, when) => {
      const later = {
        id: 'late',
        kind: 'LEGAL_HOLD' as const,
        reason: 'x',
        reference: null,
        recordedAt: new Date(when.knownAt.getTime() + 1),
        supersededAt: null,
        box: boxOfUse(use, when.at),
      }
      expect(decide({ ...all, restrictions: [...all.restrictions, later] }, use, when)).toEqual(decide(all, use, when))
    }))

  test('does not depend on the order of the rows, and changes nothing that it is given', () =>
    check((all, use, when) => {
      const before = JSON.stringify(all, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
      expect(decide(shuffled(all), use, when)).toEqual(decide(all, use, when))
      expect(JSON.stringify(all, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))).toBe(before)
    }))

  test('a use of nothing is refused by nothing', () =>
    check((all, use, when) => {
      for (const nothing of [
        { media: LeafSet.none },
        { territory: LeafSet.none },
        { industry: LeafSet.none },
        { period: { from: instant(3), to: instant(3) } },
      ])
        expect(decide(all, { ...use, box: { ...use.box, ...nothing } }, when)).toEqual({ verdict: 'offer', reasons: [], licences: [] })
    }))

  test('answers carry the version of the engine', () => expect(engineVersion).toBe(2))
})
