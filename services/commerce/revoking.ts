import { Refusal } from '../kernel/errors.ts'
import { fail, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import type { RevokeError } from '../licensing/errors.ts'
import { leaveSuperseded } from '../licensing/lineage.ts'
import { mayDecideRights } from '../licensing/policy.ts'
import type { RevokeDecision } from '../licensing/schema.ts'
import { revokeLicence } from '../licensing/standing.ts'
import { restoreNarrower } from './restoring.ts'

export type RevokeSoldError = RevokeError | 'narrower-undecided'

/**
 * End a licence before its term. Where it had widened another one, whoever revokes says what becomes of that: it was paid for
 * by itself, so it comes back for what remains of it where only the wider use has to end, and stays ended where both have to.
 */
export async function revokeSold(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { narrower, ...decision }: RevokeDecision,
): Promise<Result<{ licenceId: string }, RevokeSoldError>> {
  if (!mayDecideRights(ctx.actor)) throw new Refusal('forbidden', 'revoke licence')
  const widens = await ctx.db.licence.count({
    where: { id: decision.licenceId, houseId: ctx.actor.houseId, upgradesId: { not: null } },
  })
  if (widens > 0 && !narrower) return fail('narrower-undecided')
  return revokeLicence(ctx, decision, async (tx, licence) => {
    if (narrower === 'returns') await restoreNarrower(tx, licence)
    else await leaveSuperseded(tx, licence)
  })
}
