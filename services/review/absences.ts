import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, violates } from '../platform/db.ts'
import type { SetAwayError } from './errors.ts'
import { may, mustMay } from './policy.ts'
import type { SetAway } from './schema.ts'
import { houseRules, seatsOf, todayIn } from './seats.ts'

type Setting = Ctx<'db' | 'clock' | 'actor'>
const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** Say that one is away, or (as the house's administrator) that somebody is, and who stands in on those days. */
export async function setAway(
  ctx: Setting,
  { userId, delegateId, from, until, note }: SetAway,
): Promise<Result<{ absenceId: string }, SetAwayError>> {
  const { actor } = ctx
  if (!isPerson(actor) || !isStaff(actor)) throw new Refusal('forbidden', 'away')
  const whose = userId ?? actor.userId
  if (whose !== actor.userId) mustMay(actor, 'set-others-away')
  if (whose === delegateId) return fail('delegate-is-oneself')
  const [seats, house] = [await seatsOf(ctx), await houseRules(ctx)]
  if (![whose, delegateId].every((id) => seats.some((seat) => seat.userId === id))) return fail('no-such-colleague')
  if (until < todayIn(ctx, house)) return fail('over-already')
  const at = ctx.clock.now()
  const absenceId = newId('rab', at)
  try {
    await inTransaction(ctx, async (tx) => {
      await tx.db.reviewAbsence.create({
        data: {
          id: absenceId,
          houseId: actor.houseId,
          userId: whose,
          delegateId,
          startsOn: midnight(from),
          untilOn: midnight(until),
          note,
          madeById: actor.userId,
          madeAt: at,
        },
      })
      await record(tx, {
        type: 'absence.set',
        subject: { kind: 'user', id: whose },
        data: { absenceId, delegate: delegateId, from, until },
      })
    })
  } catch (error) {
    if (violates(error, 'review_absence_once')) return fail('away-already')
    throw error
  }
  return ok({ absenceId })
}

/** Back again, or not gone at all. */
export async function endAway(ctx: Setting, { absenceId }: { absenceId: string }): Promise<Result<{ absenceId: string }, 'over-already'>> {
  const { actor } = ctx
  const absence = await ctx.db.reviewAbsence.findFirst({ where: { id: absenceId, houseId: actor.houseId } })
  const own = isPerson(actor) && absence?.userId === actor.userId
  if (!absence || !(own || may(actor, 'set-others-away'))) throw new Refusal('not-found', `no absence ${absenceId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.reviewAbsence.updateMany({ where: { id: absenceId, endedAt: null }, data: { endedAt: tx.clock.now() } })
    if (count === 0) return fail('over-already')
    await record(tx, {
      type: 'absence.ended',
      subject: { kind: 'user', id: absence.userId },
      data: { absenceId, delegate: absence.delegateId },
    })
    return ok({ absenceId })
  })
}
