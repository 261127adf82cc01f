import type { Context } from '../platform/context.ts'

/** Work of the timetable for each house in turn, as that house's system actor. One house's trouble does not keep the others waiting. */
export async function everyHouse(ctx: Context, name: string, work: (ctx: Context) => Promise<unknown>): Promise<void> {
  const houses = await ctx.db.organisation.findMany({
    where: { kind: 'OWNER', closedAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  const failures: unknown[] = []
  for (const { id } of houses) {
    try {
      await work({ ...ctx, actor: { kind: 'system', houseId: id, name } })
    } catch (error) {
      ctx.log.error('job.house-failed', { job: name, house: id, error })
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${name} failed for ${failures.length} of ${houses.length} houses`)
}
