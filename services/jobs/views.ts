import { Refusal } from '../kernel/errors.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'

export interface FailedJob {
  id: string
  name: string
  attempts: number
  mostAttempts: number
  lastError: string
  failedAt: Date
  /** Given up on; otherwise it will be tried again at `nextAt`. */
  isDead: boolean
  nextAt: Date | null
  /** What it was about: ids. */
  about: Record<string, string>
}

interface Row {
  id: bigint
  name: string
  attempts: number
  max_attempts: number
  last_error: string | null
  updated_at: Date
  run_at: Date
  payload: unknown
}

const asked = /^[a-z]+_[a-z0-9]+$/
/** Ids only: a letter's job carries its letter's words, and they are nobody's business here. */
const idsIn = (payload: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((payload ?? {}) as Record<string, unknown>).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && entry[0] !== 'houseId' && (asked.test(entry[1]) || ['template', 'key'].includes(entry[0])),
    ),
  )

/** The first line, without what a stack or a query would tell. */
const firstLine = (text: string | null): string =>
  (text ?? 'unknown')
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.slice(0, 400) ?? 'unknown'

/**
 * Jobs of this house that have failed: given up on first, then those that will be tried again. Work that serves all houses
 * (sweeps, the provider's events) names none and is shown to the administrators of each.
 */
export async function failedJobsPage(ctx: Ctx<'db' | 'actor'>): Promise<{ jobs: FailedJob[]; waiting: number }> {
  if (!hasStaffRole(ctx.actor, 'ADMINISTRATOR')) throw new Refusal('forbidden', 'administrators see the jobs')
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT j.id, t.identifier AS name, j.attempts, j.max_attempts, j.last_error, j.updated_at, j.run_at, j.payload
    FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    LEFT JOIN audit_facts f ON f.id = j.payload->>'factId'
    WHERE j.last_error IS NOT NULL AND coalesce(j.payload->>'houseId', f.house_id, ${houseId}) = ${houseId}
    ORDER BY (j.attempts >= j.max_attempts) DESC, j.updated_at DESC, j.id DESC
    LIMIT 200`
  const [count] = await ctx.db.$queryRaw<
    { waiting: bigint }[]
  >`SELECT count(*) AS waiting FROM graphile_worker.jobs WHERE attempts < max_attempts AND run_at <= now()`
  return {
    waiting: Number(count?.waiting ?? 0n),
    jobs: rows.map((row) => {
      const isDead = row.attempts >= row.max_attempts
      return {
        id: row.id.toString(),
        name: row.name,
        attempts: row.attempts,
        mostAttempts: row.max_attempts,
        lastError: firstLine(row.last_error),
        failedAt: row.updated_at,
        isDead,
        nextAt: isDead ? null : row.run_at,
        about: idsIn(row.payload),
      }
    }),
  }
}
