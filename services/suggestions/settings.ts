import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { maySwitchReading } from './policy.ts'

/** Whether the house has the text in its pictures read. It has, unless a librarian said no. */
export async function readsText(ctx: Ctx<'db' | 'actor'>): Promise<boolean> {
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { settings: true } })
  return (house.settings as { readText?: unknown } | null)?.readText !== false
}

/** Text is read from now on, or no more. What was passed over meanwhile is read then; what was read stays. */
export async function switchReading(ctx: Ctx<'db' | 'clock' | 'actor'>, { on }: { on: boolean }): Promise<void> {
  const { houseId } = ctx.actor
  if (!maySwitchReading(ctx.actor)) throw new Refusal('forbidden', 'switch reading')
  await inTransaction(ctx, async (tx) => {
    const changed = await tx.db.$executeRaw`
      UPDATE organisations SET settings = settings || jsonb_build_object('readText', ${on}::boolean)
      WHERE id = ${houseId} AND coalesce((settings ->> 'readText')::boolean, true) <> ${on}::boolean`
    if (changed === 0) return
    if (on) await tx.db.pictureText.deleteMany({ where: { houseId, outcome: 'SWITCHED_OFF' } })
    await record(tx, {
      type: on ? 'text-reading.switched-on' : 'text-reading.switched-off',
      subject: { kind: 'house', id: houseId },
      data: {},
    })
  })
}
