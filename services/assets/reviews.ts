import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { DecideReviewError, SubmitAssetError } from './errors.ts'
import { lockAsset, moveAsset, type LockedAsset } from './lock.ts'
import { may } from './policy.ts'
import { publishingFacts } from './publishing-facts.ts'
import { assetStates } from './rules/asset-states.ts'
import { submittable } from './rules/publishable.ts'
import { reviewStates, type Decision } from './rules/review-states.ts'
import type { SubmitAsset } from './schema.ts'

type ReviewCtx = Ctx<'db' | 'clock' | 'actor'>

/** Ask the reviewers to judge the newest version. */
export async function submitAsset(ctx: ReviewCtx, { assetId, note }: SubmitAsset): Promise<Result<{ reviewId: string }, SubmitAssetError>> {
  const { actor } = ctx
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!isPerson(actor) || !may(actor, 'submit', asset)) throw new Refusal('forbidden', 'submit asset')
    const versionId = asset.currentVersionId
    const missing = submittable(await publishingFacts(tx, asset))
    if (await isWaiting(tx, assetId)) return fail('already-waiting')
    if (!assetStates.after(asset.state, 'submit')) return fail('wrong-state', { state: asset.state })
    if (missing.length > 0 || !versionId) return fail('not-described', missing)
    if (asset.state === 'PUBLISHED' && versionId === asset.publishedVersionId) return fail('nothing-new')

    const at = tx.clock.now()
    const reviewId = newId('rev', at)
    await moveAsset(tx, asset, 'submit', { stateReason: null })
    await tx.db.review.create({
      data: { id: reviewId, houseId: actor.houseId, assetId, versionId, askedById: actor.userId, askedAt: at, note },
    })
    await record(tx, {
      type: 'asset.submitted',
      subject: { kind: 'asset', id: assetId },
      data: { reviewId, versionId, title: asset.title, note },
    })
    return ok({ reviewId })
  })
}

const isWaiting = async (tx: ReviewCtx, assetId: string): Promise<boolean> =>
  (await tx.db.review.count({ where: { assetId, state: 'WAITING' } })) > 0

type Decided = Result<{ assetId: string }, DecideReviewError>

/** The version may be published. Where the asset is published already, this version takes the place of the last one. */
export const approveReview = (ctx: ReviewCtx, input: { reviewId: string; reason: string }): Promise<Decided> =>
  decide(ctx, 'approve', input)

/** Back to the sender, who is told what to change. */
export const askForChanges = (ctx: ReviewCtx, input: { reviewId: string; reason: string }): Promise<Decided> =>
  decide(ctx, 'askChanges', input)

/** Not fit to be published, and why. */
export const rejectReview = (ctx: ReviewCtx, input: { reviewId: string; reason: string }): Promise<Decided> => decide(ctx, 'reject', input)

const facts = { approve: 'asset.approved', askChanges: 'asset.changes-asked', reject: 'asset.rejected' } as const

async function decide(ctx: ReviewCtx, decision: Decision, { reviewId, reason }: { reviewId: string; reason: string }): Promise<Decided> {
  const { actor } = ctx
  const review = await ctx.db.review.findFirst({ where: { id: reviewId, houseId: actor.houseId } })
  if (!review) throw new Refusal('not-found', `no review ${reviewId}`)
  if (!isPerson(actor) || !may(actor, 'review')) throw new Refusal('forbidden', 'review')

  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, review.assetId)
    await assertStillReviewer(tx, actor.memberId)
    if (review.askedById === actor.userId && !(await mayReviewOwn(tx))) return fail('own-submission')
    const { count } = await tx.db.review.updateMany({
      where: { id: reviewId, state: { in: reviewStates.whence(decision) } },
      data: {
        state: reviewStates.after('WAITING', decision) ?? 'WAITING',
        decidedById: actor.userId,
        decidedAt: tx.clock.now(),
        reason: reason || null,
      },
    })
    if (count === 0) return fail('already-decided')
    await moveAsset(tx, asset, decision, { stateReason: decision === 'approve' ? null : reason })
    const subject = { kind: 'asset', id: asset.id }
    await record(tx, { type: facts[decision], subject, data: { reviewId, versionId: review.versionId, title: asset.title, reason } })
    if (decision === 'approve' && asset.state === 'PUBLISHED') await putLive(tx, asset, review.versionId)
    return ok({ assetId: asset.id })
  })
}

/** The session was read when the request came; the role may have been taken since. */
async function assertStillReviewer(tx: ReviewCtx, memberId: string): Promise<void> {
  const member = await tx.db.member.findFirst({
    where: { id: memberId, houseId: tx.actor.houseId, endedAt: null, roles: { hasSome: ['REVIEWER', 'ADMINISTRATOR'] } },
  })
  if (!member) throw new Refusal('forbidden', 'no longer a reviewer')
}

/** Four eyes, unless the house has said that two are enough (`settings.reviewOwnSubmissions`). */
async function mayReviewOwn(tx: ReviewCtx): Promise<boolean> {
  const house = await tx.db.organisation.findUniqueOrThrow({ where: { id: tx.actor.houseId }, select: { settings: true } })
  return (house.settings as { reviewOwnSubmissions?: unknown } | null)?.reviewOwnSubmissions === true
}

async function putLive(tx: ReviewCtx, asset: LockedAsset, versionId: string): Promise<void> {
  await tx.db.asset.update({ where: { id: asset.id }, data: { publishedVersionId: versionId } })
  await record(tx, {
    type: 'asset.published',
    subject: { kind: 'asset', id: asset.id },
    data: { versionId, replaces: asset.publishedVersionId, title: asset.title },
  })
}
