import { expect, test } from 'vitest'
import { assetStateNames, assetStates } from '../../assets/rules/asset-states.ts'
import type { Alike } from '../../assets/rules/lacks.ts'
import { offered, outlook } from './library-acts.ts'

const groups: Alike[] = assetStateNames.flatMap((state) =>
  (['STORE', 'PORTAL', 'INTERNAL'] as const).flatMap((audience) =>
    [true, false].map((legalHold) => ({ state, audience, legalHold, count: 1, heldFrom: null, forReview: [], forPublishing: [] })),
  ),
)

test('everybody is counted once, and steps of life by the table of states', () => {
  for (const verb of offered) {
    const { can, cannot } = outlook(verb, groups)
    expect(can + cannot.reduce((sum, { count }) => sum + count, 0)).toBe(groups.length)
  }
  const states = assetStateNames.filter((state) => assetStates.after(state, 'withdraw'))
  expect(outlook('withdraw', groups).can).toBe(states.length * 6)
  expect(
    outlook(
      'archive',
      groups.filter(({ legalHold }) => legalHold),
    ).can,
  ).toBe(0)
  expect(outlook('collect', groups).can).toBe(assetStateNames.length * 2)
})

test('what a record lacks is named before the act, for those that only that keeps from it', () => {
  const lacks = [{ demand: 'alt-text', label: 'Alternative text' } as const, { demand: 'credit', label: 'Creator or credit line' } as const]
  const one: Alike = {
    state: 'DRAFT',
    heldFrom: null,
    audience: 'STORE',
    legalHold: false,
    count: 3,
    forReview: lacks,
    forPublishing: lacks,
  }
  const many: Alike[] = [one, { ...one, count: 2, forReview: lacks.slice(0, 1) }, { ...one, forReview: [] }, { ...one, state: 'ARCHIVED' }]
  expect(outlook('submit', many)).toEqual({
    can: 3,
    cannot: [
      { why: 'not complete', count: 5 },
      { why: 'archived', count: 3 },
    ],
    lacks: [
      { ...lacks[0], count: 5 },
      { ...lacks[1], count: 3 },
    ],
  })
  const approved: Alike = { ...one, state: 'APPROVED', forReview: [] }
  for (const verb of ['publish', 'schedule'] as const)
    expect(outlook(verb, [approved])).toMatchObject({ can: 0, lacks: [{ count: 3 }, { count: 3 }] })
  // What comes back from hold is judged where the world would see it, and nowhere else.
  const held: Alike = { ...approved, state: 'ON_HOLD', heldFrom: 'APPROVED' }
  expect(outlook('resume', [held]).can).toBe(3)
  expect(outlook('resume', [{ ...held, heldFrom: 'PUBLISHED' }]).can).toBe(0)
  expect(outlook('archive', [approved]).lacks).toBeUndefined()
})
