import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ReinstateError, RevokeError, SuspendError } from './errors.ts'
import { endLicence, reinstateStep, suspendStep } from './licences.ts'
import { mayDecideRights } from './policy.ts'
import type { LicenceDecision } from './schema.ts'

/** The licence, when it is the actor's to decide on. */
async function decidable(ctx: Ctx<'db' | 'actor'>, licenceId: string, what: string) {
  const licence = await ctx.db.licence.findFirst({
    where: { id: licenceId, houseId: ctx.actor.houseId },
    select: { id: true, no: true, number: true, endsAt: true, upgradesId: true },
  })
  if (!licence) throw new Refusal('not-found', `no licence ${licenceId}`)
  if (!mayDecideRights(ctx.actor)) throw new Refusal('forbidden', what)
  return licence
}

/** Stop delivery under a licence until somebody reinstates or revokes it. The rights stay taken. */
export async function suspendLicence(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { licenceId, reason }: LicenceDecision,
): Promise<Result<{ licenceId: string }, SuspendError>> {
  const licence = await decidable(ctx, licenceId, 'suspend licence')
  return inTransaction(ctx, async (tx) => ((await suspendStep(tx, licence, reason)) ? ok({ licenceId }) : fail('not-active')))
}

/** Put a suspended licence back in force, as long as its term runs. */
export async function reinstateLicence(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { licenceId, reason }: LicenceDecision,
): Promise<Result<{ licenceId: string }, ReinstateError>> {
  const licence = await decidable(ctx, licenceId, 'reinstate licence')
  if (licence.endsAt !== null && licence.endsAt <= ctx.clock.now()) return fail('term-is-over')
  return inTransaction(ctx, async (tx) => ((await reinstateStep(tx, licence, reason)) ? ok({ licenceId }) : fail('not-suspended')))
}

type Acting = Ctx<'db' | 'clock' | 'actor'>

/** End a licence before its term. Downloads stop at once, and the rights are free again; `then` follows in the same transaction. */
export async function revokeLicence(
  ctx: Acting,
  { licenceId, reason }: LicenceDecision,
  then: (tx: Acting, licence: { number: string; upgradesId: string | null }) => Promise<void> = async () => {},
): Promise<Result<{ licenceId: string }, RevokeError>> {
  const licence = await decidable(ctx, licenceId, 'revoke licence')
  return inTransaction(ctx, async (tx) => {
    if (!(await endLicence(tx, licence, { by: 'REVOKED', reason }))) return fail('already-ended')
    await then(tx, licence)
    return ok({ licenceId })
  })
}

/**
 * Write down the ends that the clock has already brought. Nothing depends on it: a licence past its end gives no bytes,
 * swept or not. One transaction a licence, so that one fault stops one.
 */
export async function expireDue(ctx: Ctx<'db' | 'clock' | 'log'>, batch = 500): Promise<{ expired: number }> {
  const due = await ctx.db.licence.findMany({
    where: { state: { in: ['ACTIVE', 'SUSPENDED'] }, endsAt: { lte: ctx.clock.now() } },
    select: { id: true, no: true, number: true, houseId: true },
    orderBy: { endsAt: 'asc' },
    take: batch,
  })
  let expired = 0
  const failures: unknown[] = []
  for (const licence of due) {
    const acting = { ...ctx, actor: { kind: 'system', houseId: licence.houseId, name: 'expiry-sweep' } as const }
    try {
      if (await inTransaction(acting, (tx) => endLicence(tx, licence, { by: 'EXPIRED', reason: null }))) expired++
    } catch (error) {
      ctx.log.error('licensing.not-expired', { licence: licence.id, error })
      failures.push(error)
    }
  }
  if (expired > 0) ctx.log.info('licensing.expired', { expired })
  // The others are written down; the job still fails, so that somebody looks at these.
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${due.length} licences could not be written down as ended`)
  return { expired }
}
