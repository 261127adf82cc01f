import { expect, test } from 'vitest'
import { remembering } from './remembering.ts'

const at = (seconds: number) => new Date(seconds * 1000)
const counting = () => {
  let asked = 0
  return () => Promise.resolve(++asked)
}

test('an answer is kept for its while, and asked anew after it', async () => {
  const [remembered, owner, ask] = [remembering<number>({ ms: 10_000 }), {}, counting()]
  expect(await remembered(owner, 'a', at(100), ask)).toBe(1)
  expect(await remembered(owner, 'a', at(109), ask)).toBe(1)
  expect(await remembered(owner, 'a', at(110), ask)).toBe(2)
  // a clock that went back is no reason to keep it for ever
  expect(await remembered(owner, 'a', at(50), ask)).toBe(3)
})

test('owners and keys are apart, and askers at the same time share', async () => {
  const [remembered, one, other, ask] = [remembering<number>({ ms: 10_000 }), {}, {}, counting()]
  expect(await Promise.all([remembered(one, 'a', at(0), ask), remembered(one, 'a', at(0), ask)])).toEqual([1, 1])
  expect(await remembered(other, 'a', at(0), ask)).toBe(2)
  expect(await remembered(one, 'b', at(0), ask)).toBe(3)
})

test('no more than so many are kept: the oldest goes', async () => {
  const [remembered, owner, ask] = [remembering<number>({ ms: 10_000, most: 2 }), {}, counting()]
  for (const key of ['a', 'b', 'c']) await remembered(owner, key, at(0), ask)
  expect(await remembered(owner, 'b', at(1), ask)).toBe(2)
  expect(await remembered(owner, 'a', at(1), ask)).toBe(4)
})

test('a failure is not kept', async () => {
  const [remembered, owner] = [remembering<number>({ ms: 10_000 }), {}]
  await expect(remembered(owner, 'a', at(0), () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await remembered(owner, 'a', at(0), () => Promise.resolve(7))).toBe(7)
})
