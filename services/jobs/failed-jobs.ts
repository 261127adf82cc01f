import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { record } from '../compliance/record.ts'

export interface FailedJobInput {
  jobId: string
  verb: 'retry' | 'drop'
}

/**
 * Try a failed job again from its first attempt, or drop it for good. The trail keeps who did it. `not-failed`: it has ended,
 * runs at this moment, or somebody was quicker.
 */
export async function answerFailedJob(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { jobId, verb }: FailedJobInput,
): Promise<Result<{ name: string }, 'not-failed'>> {
  if (!hasStaffRole(ctx.actor, 'ADMINISTRATOR')) throw new Refusal('forbidden', 'administrators answer for the jobs')
  if (!/^\d{1,18}$/.test(jobId)) return fail('not-failed')
  const id = BigInt(jobId)
  return inTransaction(ctx, async (tx) => {
    const { houseId } = tx.actor
    const [job] = await tx.db.$queryRaw<{ name: string; last_error: string }[]>`
      SELECT t.identifier AS name, j.last_error
      FROM graphile_worker._private_jobs j
      JOIN graphile_worker._private_tasks t ON t.id = j.task_id
      LEFT JOIN audit_facts f ON f.id = j.payload->>'factId'
      WHERE j.id = ${id} AND j.last_error IS NOT NULL AND j.locked_at IS NULL AND coalesce(j.payload->>'houseId', f.house_id, ${houseId}) = ${houseId}
      FOR UPDATE OF j SKIP LOCKED`
    if (!job) return fail('not-failed')
    if (verb === 'retry')
      await tx.db.$executeRaw`SELECT graphile_worker.reschedule_jobs(ARRAY[${id}]::bigint[], run_at => now(), attempts => 0)`
    else await tx.db.$executeRaw`SELECT graphile_worker.complete_jobs(ARRAY[${id}]::bigint[])`
    await record(tx, {
      type: verb === 'retry' ? 'job.retried' : 'job.dropped',
      subject: { kind: 'job', id: jobId },
      data: { job: job.name, lastError: job.last_error.split('\n')[0]?.slice(0, 300) },
    })
    return ok({ name: job.name })
  })
}
