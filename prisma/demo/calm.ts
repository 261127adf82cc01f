import { setTimeout as pause } from 'node:timers/promises'
import type { PrismaClient } from '#services/platform/db.ts'

export interface CalmOptions {
  /** Jobs that are left for another worker: nobody waits for them. */
  leaves?: readonly string[]
  /** How long none of the jobs may end before they count as stuck, in milliseconds. A slow machine may take long over all of them. */
  patience?: number
}

const pollInterval = 50

/**
 * Waits until all jobs are done that are due, or that failed and are tried again. What is planned for later (a letter that
 * gathers an hour's comments) is not waited for: told in the small hours, the story's own day lies ahead.
 * Throws with the names of the jobs that do not end.
 */
export async function untilCalm(db: PrismaClient, { leaves = [], patience = 60_000 }: CalmOptions = {}): Promise<void> {
  const open = () =>
    db.$queryRaw<{ task: string; error: string | null }[]>`
      SELECT t.identifier AS task, j.last_error AS error FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
      WHERE j.attempts < j.max_attempts AND (j.run_at <= now() OR j.attempts > 0) AND NOT t.identifier = ANY(${[...leaves]})`
  let left = Number.POSITIVE_INFINITY
  for (let since = performance.now(); performance.now() - since < patience; await pause(pollInterval)) {
    const { length } = await open()
    if (length === 0) return
    if (length < left) since = performance.now()
    left = length
  }
  throw new Error(`the story's jobs do not end: ${JSON.stringify((await open()).slice(0, 3))}`)
}
