import { handlers } from '#services/jobs/handlers.ts'
import type { TestContext } from './context.ts'

/** Does what follows from this house's facts, letters included, as a worker would, and leaves every other job alone. */
export async function followFacts(ctx: TestContext): Promise<void> {
  for (;;) {
    const jobs = await ctx.db.$queryRaw<{ id: bigint; name: string; payload: unknown }[]>`
      SELECT j.id, k.identifier AS name, j.payload
      FROM graphile_worker._private_jobs j
      JOIN graphile_worker._private_tasks k ON k.id = j.task_id
      LEFT JOIN audit_facts f ON f.id = j.payload->>'factId'
      WHERE k.identifier IN ('jobs.react', 'notifications.mail') AND coalesce(j.payload->>'houseId', f.house_id) = ${ctx.actor.houseId}
      ORDER BY j.id`
    if (jobs.length === 0) return
    for (const { id, name, payload } of jobs) {
      await handlers[name]?.(ctx, payload)
      await ctx.db.$executeRaw`SELECT graphile_worker.complete_jobs(ARRAY[${id}]::bigint[])`
    }
  }
}
