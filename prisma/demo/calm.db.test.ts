import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueue } from '#services/platform/queue.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { untilCalm } from './calm.ts'

let t: TestDb
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())

const patience = 300

test('what is due or tried again is waited for, and named where it does not end; what is planned or left is not', async () => {
  await untilCalm(t.db, { patience })
  await enqueue(t, 'letters.gathered', {}, { runAt: new Date(Date.now() + 3_600_000) })
  await enqueue(t, 'pictures.read', {})
  await untilCalm(t.db, { patience, leaves: ['pictures.read'] })
  await expect(untilCalm(t.db, { patience })).rejects.toThrow('pictures.read')

  await t.db.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'no room', run_at = now() + interval '1 minute'
    WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'pictures.read')`
  await expect(untilCalm(t.db, { patience }), 'a job that failed has its turn again').rejects.toThrow('no room')
})
