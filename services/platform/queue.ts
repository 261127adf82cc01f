import type { Ctx } from './context.ts'

export interface EnqueueOptions {
  /** One pending job a key: a second call replaces the first. */
  key?: string
  runAt?: Date
  maxAttempts?: number
}

/**
 * Put a job into the queue inside the caller's transaction (graphile-worker's `add_job`): a rolled-back change leaves no
 * job, a committed one is picked up within milliseconds. Payloads hold ids only.
 */
export async function enqueue(ctx: Ctx<'db'>, job: string, payload: Record<string, unknown>, options: EnqueueOptions = {}): Promise<void> {
  const { key = null, runAt = null, maxAttempts = 12 } = options
  await ctx.db.$executeRaw`
    SELECT graphile_worker.add_job(${job}, ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz,
      max_attempts => ${maxAttempts}::int, job_key => ${key}::text, job_key_mode => 'replace')`
}

/** Put one job a payload into the queue, in one statement. */
export async function enqueueAll(
  ctx: Ctx<'db'>,
  job: string,
  payloads: readonly Record<string, unknown>[],
  maxAttempts = 12,
): Promise<void> {
  await ctx.db.$executeRaw`
    SELECT graphile_worker.add_job(${job}, p, max_attempts => ${maxAttempts}::int) FROM json_array_elements(${JSON.stringify(payloads)}::json) p`
}
