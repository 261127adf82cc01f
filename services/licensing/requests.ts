import { record } from '../compliance/record.ts'
import { hasStaffRole, isPerson, isStaff } from '../kernel/actor.ts'
import { canonical, type Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import { covers } from '../rights/rules/box.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import type { AskError, DecideError, WithdrawError } from './errors.ts'
import { issueGrants } from './grants.ts'
import { mayAsk, mayDecideRights } from './policy.ts'
import { narrowed } from './rules/narrowing.ts'
import { requestStates } from './rules/request-states.ts'
import type { AskForGrant, GrantRequestInput, RefuseRequest, WithdrawRequest } from './schema.ts'

/** Ask the rights desk for an asset, with the intended use. The same wish waits once. */
export async function askForGrant(
  ctx: Ctx<'db' | 'clock' | 'actor'> & Partial<Ctx<'language'>>,
  { assetId, purpose, terms }: AskForGrant,
): Promise<Result<{ requestId: string }, AskError>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'ask for a grant')
  if (!mayAsk(actor)) throw new Refusal('forbidden', 'ask for a grant')
  const asset = await ctx.db.asset.findFirst({
    where: {
      id: assetId,
      houseId: actor.houseId,
      state: 'PUBLISHED',
      publishedVersionId: { not: null },
      ...(isStaff(actor) ? {} : { audience: { not: 'INTERNAL' } }),
    },
    select: { id: true, title: true },
  })
  if (!asset) return fail('asset-not-available')

  return inTransaction(ctx, async (tx) => {
    // Two clicks at once: the second waits for the first one's row.
    await tx.db.$queryRaw`SELECT id FROM assets WHERE id = ${assetId} FOR UPDATE`
    const waiting = await tx.db.grantRequest.findFirst({ where: { orgId: actor.orgId, assetId, state: 'WAITING' }, select: { id: true } })
    if (waiting) return fail('already-asked', { requestId: waiting.id })
    const requestId = newId('req', tx.clock.now())
    await tx.db.grantRequest.create({
      data: {
        id: requestId,
        houseId: actor.houseId,
        orgId: actor.orgId,
        askedById: actor.userId,
        assetId,
        purpose,
        terms: { ...terms } as object,
        createdAt: tx.clock.now(),
      },
    })
    await record(tx, {
      type: 'request.asked',
      subject: { kind: 'request', id: requestId },
      data: { asset: assetId, org: actor.orgId, language: ctx.language, purpose, terms: terms as unknown as Json },
    })
    return ok({ requestId })
  })
}

async function waitingRequest(ctx: Ctx<'db' | 'actor'>, requestId: string) {
  const request = await ctx.db.grantRequest.findFirst({ where: { id: requestId, houseId: ctx.actor.houseId } })
  if (!request) throw new Refusal('not-found', `no request ${requestId}`)
  return request
}

/** Grant what was asked for, or less: a licence without a price, scoped and dated, in force at once when its term runs. */
export async function grantRequest(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'signer'>,
  { requestId, reason, ...narrowing }: GrantRequestInput,
): Promise<Result<{ requestId: string; licenceId: string }, DecideError>> {
  const request = await waitingRequest(ctx, requestId)
  const { actor } = ctx
  if (!mayDecideRights(actor)) throw new Refusal('forbidden', 'grant a request')
  const asked = request.terms as unknown as ScopeTerms
  const granted = narrowed(asked, narrowing)
  if (granted.until !== null && granted.until < granted.from) return fail('wider-than-asked')
  if (!covers(boxOf(asked), boxOf(granted)) || (granted.exclusive && !asked.exclusive)) return fail('wider-than-asked')
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: request.orgId }, select: { kind: true } })

  return inTransactionOrUndo(ctx, async (tx) => {
    const { count } = await tx.db.grantRequest.updateMany({
      where: { id: requestId, state: { in: requestStates.whence('grant') } },
      data: { state: 'GRANTED', decidedById: actor.userId, decidedAt: tx.clock.now(), reason: reason || null },
    })
    if (count === 0) return fail('already-decided')
    const [issued] = await issueGrants(tx, [
      {
        assetId: request.assetId,
        orgId: request.orgId,
        model: org.kind === 'OWNER' ? 'INTERNAL_GRANT' : 'PARTNER_GRANT',
        terms: granted,
        purpose: request.purpose,
        requestId,
      },
    ])
    if (!issued) throw new Error('one grant asked, none answered')
    if (!issued.ok) return issued
    await record(tx, {
      type: 'request.granted',
      subject: { kind: 'request', id: requestId },
      data: {
        licence: issued.value.id,
        asset: request.assetId,
        org: request.orgId,
        narrowed: canonical(granted as unknown as Json) !== canonical(asked as unknown as Json),
        reason: reason || null,
      },
    })
    return ok({ requestId, licenceId: issued.value.id })
  })
}

/** Refuse a request, with the reason that the asker will read. The house's own jobs may: a plan of the rights desk decides for many. */
export async function refuseRequest(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { requestId, reason }: RefuseRequest,
): Promise<Result<{ requestId: string }, 'already-decided'>> {
  const request = await waitingRequest(ctx, requestId)
  const { actor } = ctx
  if (actor.kind !== 'system' && !mayDecideRights(actor)) throw new Refusal('forbidden', 'refuse a request')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.grantRequest.updateMany({
      where: { id: requestId, state: { in: requestStates.whence('refuse') } },
      data: { state: 'REFUSED', decidedById: isPerson(actor) ? actor.userId : null, decidedAt: tx.clock.now(), reason },
    })
    if (count === 0) return fail('already-decided')
    await record(tx, {
      type: 'request.refused',
      subject: { kind: 'request', id: requestId },
      data: { asset: request.assetId, org: request.orgId, reason },
    })
    return ok({ requestId })
  })
}

/** Take a request back before it is decided. Anybody of the asking organisation may. */
export async function withdrawRequest(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { requestId }: WithdrawRequest,
): Promise<Result<{ requestId: string }, WithdrawError>> {
  const request = await waitingRequest(ctx, requestId)
  const { actor } = ctx
  if (!isPerson(actor) || (actor.orgId !== request.orgId && !hasStaffRole(actor, 'RIGHTS_MANAGER')))
    throw new Refusal('not-found', `no request ${requestId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.grantRequest.updateMany({
      where: { id: requestId, state: { in: requestStates.whence('withdraw') } },
      data: { state: 'WITHDRAWN', decidedAt: tx.clock.now() },
    })
    if (count === 0) return fail('already-decided')
    await record(tx, {
      type: 'request.withdrawn',
      subject: { kind: 'request', id: requestId },
      data: { asset: request.assetId, org: request.orgId },
    })
    return ok({ requestId })
  })
}
