import { afterEach, expect, vi } from 'vitest'

/** An error on the console in a test is a failure: it is what an operator would be woken by. */
const spoken: unknown[][] = []
vi.spyOn(console, 'error').mockImplementation((...words) => void spoken.push(words))
afterEach(() => {
  const heard = spoken.splice(0)
  expect(heard, 'console.error in a test').toEqual([])
})
