import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BriefState as InDatabase } from '#services/platform/generated/prisma/enums.ts'
import { briefStateNames, briefStates, isEnded, takesFiles, underWay, type BriefState, type BriefVerb } from './brief-states.ts'

/** The table as people say it: each state, and every way out of it. */
const ways: Record<BriefState, Partial<Record<BriefVerb, BriefState>>> = {
  ASKED: { accept: 'ACCEPTED', decline: 'DECLINED', cancel: 'CANCELLED' },
  ACCEPTED: { assign: 'ASSIGNED', decline: 'DECLINED', cancel: 'CANCELLED' },
  DECLINED: {},
  ASSIGNED: { assign: 'ASSIGNED', start: 'IN_PROGRESS', deliver: 'DELIVERED', cancel: 'CANCELLED' },
  IN_PROGRESS: { assign: 'ASSIGNED', deliver: 'DELIVERED', cancel: 'CANCELLED' },
  DELIVERED: { approve: 'APPROVED', askChanges: 'CHANGES_ASKED' },
  CHANGES_ASKED: { assign: 'ASSIGNED', start: 'IN_PROGRESS', deliver: 'DELIVERED', cancel: 'CANCELLED' },
  APPROVED: { close: 'CLOSED' },
  CLOSED: {},
  CANCELLED: {},
}
const verbs = ['accept', 'decline', 'cancel', 'assign', 'start', 'deliver', 'approve', 'askChanges', 'close'] as const

describe('the life of a brief', () => {
  test('has the states of the database', () => expect([...briefStateNames].sort()).toEqual(Object.values(InDatabase).sort()))

  test.each(briefStateNames)('%s is left by these verbs and no others', (state) => {
    for (const verb of verbs) expect(briefStates.after(state, verb), verb).toBe(ways[state][verb])
  })

  test('whatever people do, nothing leaves an end, and nothing is approved that was not delivered', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...verbs), { maxLength: 30 }), (tried) => {
        let state: BriefState = 'ASKED'
        let delivered = false
        for (const verb of tried) {
          const next: BriefState | undefined = briefStates.after(state, verb)
          if (isEnded(state)) expect(next).toBeUndefined()
          if (!next) continue
          if (next === 'DELIVERED') delivered = true
          if (next === 'APPROVED' || next === 'CLOSED') expect(delivered).toBe(true)
          state = next
        }
      }),
    )
  })

  test('files are made for what has a maker, and only what is under way can be late', () => {
    expect(takesFiles.every((state) => !isEnded(state) && state !== 'ASKED' && state !== 'ACCEPTED')).toBe(true)
    expect(underWay.some(isEnded)).toBe(false)
    expect(underWay).not.toContain('DELIVERED')
  })
})
