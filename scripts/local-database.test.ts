import { expect, test } from 'vitest'
import { sharedBuffers } from './local-database.ts'

test('a small machine gives what PostgreSQL takes by itself, a large one an eighth, and none more than two gigabytes', () => {
  const gigabytes = [0.5, 1, 4, 16, 64, Infinity]
  expect(gigabytes.map((memory) => sharedBuffers(memory * 2 ** 30))).toEqual([128, 128, 512, 2_048, 2_048, 2_048])
})
