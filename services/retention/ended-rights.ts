import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { ok, type Result } from '../kernel/result.ts'
import { expireStep } from '../assets/life-steps.ts'
import { lockAssets } from '../assets/lock.ts'
import { stepWithin } from '../assets/steps.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { candidatesOf, type Finding } from './candidates.ts'
import { may } from './policy.ts'
import { expiryOf, type Expiry } from './rules/expiry.ts'

type Ending = Ctx<'db' | 'clock' | 'actor'>
const part = 500

/** Whether pictures leave when the last of the house's rights has ended, and after how many days of grace. */
export async function expiryOfHouse(ctx: Ctx<'db' | 'actor'>): Promise<Expiry> {
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { settings: true } })
  return expiryOf(house.settings)
}

const finding = (expiry: Expiry): Finding => ({
  id: '',
  action: 'EXPIRE',
  rule: {
    states: ['APPROVED', 'PUBLISHED', 'WITHDRAWN'],
    kinds: [],
    audiences: [],
    collectionId: null,
    since: 'rights-ended',
    waitDays: expiry.graceDays,
    neverLicensed: false,
    fieldId: null,
    fieldValue: null,
  },
})

/**
 * What the house has no right to any more expires, unless it said that it does not: nobody could license it since its
 * rights ended, but it was still shown. A legal hold keeps nothing on show. Where a contract goes on without a day between,
 * its rights have not ended.
 */
export async function expireWithRights(ctx: Ending): Promise<number> {
  if (isPerson(ctx.actor)) throw new Refusal('forbidden', 'expire with rights')
  const expiry = await expiryOfHouse(ctx)
  if (!expiry.on) return 0
  const wanted = finding(expiry)
  let expired = 0
  for (let after = 0n; ;) {
    const found = await candidatesOf(ctx, wanted, { after, most: part })
    const last = found.at(-1)
    if (!last) return expired
    after = last.no
    expired += await inTransaction(
      ctx,
      async (tx) => {
        const ids = found.map(({ id }) => id)
        await lockAssets(tx, ids)
        // Once more under their locks: a contract may have been renewed while we came here.
        const still = await candidatesOf(tx, wanted, { only: ids, most: part })
        if (still.length === 0) return 0
        const step = expireStep(tx, 'The last of our rights to it has ended.')
        return (
          await stepWithin(
            tx,
            still.map(({ id }) => id),
            step,
          )
        ).done.length
      },
      { timeout: 60_000 },
    )
  }
}

/** Say whether pictures leave with the rights to them, and after how many days. */
export async function setExpiry(ctx: Ending, { on, graceDays }: Expiry): Promise<Result<Expiry>> {
  const { actor } = ctx
  if (!may(actor, 'set-retention')) throw new Refusal('forbidden', 'set expiry')
  return inTransaction(ctx, async (tx) => {
    await tx.db
      .$executeRaw`UPDATE organisations SET settings = settings || jsonb_build_object('expiresWithRights', ${on}::boolean, 'expiryGraceDays', ${graceDays}::int) WHERE id = ${actor.houseId}`
    await record(tx, { type: 'house.expiry-set', subject: { kind: 'house', id: actor.houseId }, data: { on, graceDays } })
    return ok({ on, graceDays })
  })
}
