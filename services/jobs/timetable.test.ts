import { parseCronItems } from 'graphile-worker'
import { expect, test } from 'vitest'
import { handlers } from './handlers.ts'
import { reactions } from './reactions.ts'
import { timetable } from './timetable.ts'

test('every line of the timetable names a job that exists, and can be read by the queue', () => {
  expect(parseCronItems(timetable)).toHaveLength(timetable.length)
  for (const { task } of timetable) expect(handlers, task).toHaveProperty([task])
})

test('each job has one line in the timetable, and one pending job however many workers keep time', () => {
  const keys = timetable.map(({ options }) => options?.jobKey)
  expect(new Set(keys).size).toBe(timetable.length)
})

test('names are domain.verb-noun, facts are noun.past', () => {
  for (const name of [...Object.keys(handlers), ...Object.keys(reactions)]) expect(name).toMatch(/^[a-z-]+\.[a-z-]+$/)
})
