import type { Ctx } from './context.ts'
import { Prisma } from './db.ts'

export interface EnqueueOptions {
  /** One pending job a key: a second call replaces the first. */
  key?: string
  runAt?: Date
  maxAttempts?: number
  /** Before everything that is due: somebody sits before the screen and waits for it. */
  awaited?: boolean
  /** Later than everything else that is due (1), and later than that (2). */
  behind?: 1 | 2
  /** Behind other work too, but of those that ask so the newest goes first; and all of them before what is `behind`. */
  newestFirst?: boolean
  /** Jobs of one line run one after another: they never hold more than one of the worker's hands. */
  line?: string
}

const levelOfBehind = 16_000
/**
 * The queue takes the lowest priority first, and within one the oldest. What should go newest first is lower with every half
 * minute. A priority has sixteen bits, so the count begins again after five days: once, and only for what has waited since.
 */
const newest = Prisma.sql`(15000 - (extract(epoch FROM now())::bigint / 30) % 14900)::int`

/**
 * Put a job into the queue inside the caller's transaction (graphile-worker's `add_job`): a rolled-back change leaves no
 * job, a committed one is picked up within milliseconds. Payloads hold ids only.
 */
export async function enqueue(ctx: Ctx<'db'>, job: string, payload: Record<string, unknown>, options: EnqueueOptions = {}): Promise<void> {
  const { key = null, runAt = null, maxAttempts = 12, awaited = false, behind = 0, newestFirst = false, line = null } = options
  await ctx.db.$executeRaw`
    SELECT graphile_worker.add_job(${job}, ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz,
      max_attempts => ${maxAttempts}::int, job_key => ${key}::text, job_key_mode => 'replace', priority => ${newestFirst ? newest : Prisma.sql`${awaited ? -1 : behind * levelOfBehind}::int`}, queue_name => ${line}::text)`
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
