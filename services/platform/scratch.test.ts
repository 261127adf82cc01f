import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { Refusal } from '../kernel/errors.ts'
import { inScratch, onCopies, removeLeftovers } from './scratch.ts'

test('a folder of work is gone when the work has ended, well or not', async () => {
  const made: string[] = []
  const work = (folder: string) => {
    made.push(folder)
    writeFileSync(path.join(folder, 'half'), 'x')
    return made.length === 1 ? Promise.resolve('done') : Promise.reject(new Error('the decoder fell'))
  }
  expect(await inScratch(work)).toBe('done')
  await expect(inScratch(work)).rejects.toThrow('the decoder fell')
  expect(made.map((folder) => existsSync(folder))).toEqual([false, false])
})

test('copies are disposed of where a later one cannot be had, and the work is not begun', async () => {
  const disposed: string[] = []
  const localCopy = (key: string) =>
    key === 'gone'
      ? Promise.reject(new Refusal('not-found', 'no such object'))
      : Promise.resolve({ path: `/copy/${key}`, dispose: async () => void disposed.push(key) })
  expect(await onCopies({ localCopy }, ['one', 'two'], async (paths) => paths)).toEqual(['/copy/one', '/copy/two'])
  const before = readdirSync(tmpdir()).filter((each) => each.startsWith('clearmark-work-')).length
  await expect(onCopies({ localCopy }, ['three', 'gone'], () => Promise.reject(new Error('begun')))).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(disposed).toEqual(['one', 'two', 'three'])
  expect(readdirSync(tmpdir()).filter((each) => each.startsWith('clearmark-work-')).length).toBeLessThanOrEqual(before)
})

test('what killed processes left is removed after a day; what is new or another’s stays', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'leftovers-'))
  for (const name of ['work-old', 'work-new', 'other-old']) {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'object'), 'x')
    if (name.endsWith('old')) utimesSync(path.join(folder, name), 1_000_000, 1_000_000)
  }
  await removeLeftovers(path.join(folder, 'work-new'), 'work-')
  expect(readdirSync(folder).sort()).toEqual(['other-old', 'work-new'])
  await removeLeftovers(path.join(folder, 'never-made'), 'work-')
  expect(readdirSync(folder)).toHaveLength(2)
})
