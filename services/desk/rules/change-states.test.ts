import { expect, test } from 'vitest'
import { changeStateNames, movesByItself } from './change-states.ts'

test('a plan is watched until its end is written, and not when only somebody’s act can move it', () => {
  const plan = (done: number, failed: number) => movesByItself({ state: 'APPLYING', items: 3, done, failed })
  expect([plan(0, 0), plan(2, 0), plan(1, 1)]).toEqual([true, true, true])
  // All lines are done, and the plan itself not yet: a page that stopped here would say "being carried out" for ever.
  expect(plan(3, 0)).toBe(true)
  expect([plan(2, 1), plan(0, 3)]).toEqual([false, false])
  expect(changeStateNames.filter((state) => movesByItself({ state, items: 3, done: 1, failed: 0 }))).toEqual(['APPLYING'])
})
