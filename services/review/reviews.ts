import { isPerson, isStaff, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import { lockAsset, type LockedAsset } from '../assets/lock.ts'
import { may as mayInLibrary } from '../assets/policy.ts'
import { openReview } from '../assets/reviews.ts'
import { replacedReason } from '../assets/rules/review-states.ts'
import { inTransaction } from '../platform/db.ts'
import type { DecideStepError, SendForReviewError } from './errors.ts'
import { actsFor, mayTake, namesFor, qualifies, type Hand } from './rules/mandate.ts'
import { routeFor, type Plan } from './rules/plan.ts'
import { wouldCount, type Verdict } from './rules/route.ts'
import { currentRoutes, routedAs } from './routes.ts'
import { storedPlan, type DecideReview, type SubmitAsset } from './schema.ts'
import { absencesAround, houseRules, seatsOf, todayIn, type HouseRules } from './seats.ts'
import { advance, beginSteps, loadSteps, standingNow, type Loaded, type StepRow, type Tx } from './steps.ts'

/** Ask the reviewers to judge the newest version: on the route that its rules name, else the one that the sender chose, else in one step. */
export async function submitAsset(
  ctx: Tx,
  { assetId, note = '', routeId }: SubmitAsset,
): Promise<Result<{ reviewId: string }, SendForReviewError>> {
  const { actor } = ctx
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!isPerson(actor) || !mayInLibrary(actor, 'submit', asset)) throw new Refusal('forbidden', 'submit asset')
    return begin(tx, asset, { askedById: actor.userId, note, chosenId: routeId ?? null })
  })
}

async function begin(
  tx: Tx,
  asset: LockedAsset,
  { askedById, note, chosenId }: { askedById: string; note: string; chosenId: string | null },
): Promise<Result<{ reviewId: string }, SendForReviewError>> {
  const route = routeFor(await currentRoutes(tx), await routedAs(tx, asset), chosenId)
  const opened = await openReview(tx, asset, { askedById, note, route: route && { id: route.id, number: route.number } })
  if (!opened.ok) return opened
  const { reviewId, versionId } = opened.value
  // The asset as it stands now: a route without anybody to ask still begins from its new state.
  const sent = await lockAsset(tx, asset.id)
  await beginSteps(tx, sent, { id: reviewId, assetId: asset.id, versionId, askedById }, route?.plan ?? null)
  return ok({ reviewId })
}

/**
 * A new version took the question about the last one back: where the route says so, it is asked again about the new one, in
 * the name of who brought it. May run twice: what waits already is not asked again.
 */
export async function restartReview(ctx: Tx, versionId: string): Promise<{ reviewId: string | null }> {
  const { houseId } = ctx.actor
  const version = await ctx.db.assetVersion.findFirst({ where: { id: versionId, houseId }, select: { assetId: true, createdById: true } })
  if (!version) return { reviewId: null }
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, version.assetId)
    const last = await tx.db.review.findFirst({
      where: { assetId: asset.id, houseId },
      orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
      select: { id: true, state: true, reason: true, note: true, askedById: true, routeId: true, route: { select: { plan: true } } },
    })
    const replaced = last?.state === 'CANCELLED' && last.reason === replacedReason && asset.currentVersionId === versionId
    const plan: Plan | null = last?.route ? storedPlan.parse(last.route.plan) : null
    if (!last || !replaced || plan?.onNewVersion !== 'RESTART') return { reviewId: null }
    const asked = await begin(tx, asset, { askedById: version.createdById ?? last.askedById, note: last.note, chosenId: last.routeId })
    if (!asked.ok) return { reviewId: null }
    await record(tx, {
      type: 'review.restarted',
      subject: { kind: 'review', id: asked.value.reviewId },
      data: { from: last.id, assetId: asset.id, title: asset.title },
    })
    return asked.value
  })
}

type Decided = Result<{ assetId: string; state: 'WAITING' | 'APPROVED' | 'CHANGES_ASKED' | 'REJECTED'; opened: string[] }, DecideStepError>

/** The step has no objection. The last one lets the version be published; of a published asset it takes the place of the last. */
export const approveReview = (ctx: Tx, input: DecideReview): Promise<Decided> => decide(ctx, 'APPROVE', input)

/** Back to the sender, who is told what to change: at once, or when the others of the stage were heard. */
export const askForChanges = (ctx: Tx, input: DecideReview): Promise<Decided> => decide(ctx, 'ASK_CHANGES', input)

/** Not fit to be published, and why. One no is enough. */
export const rejectReview = (ctx: Tx, input: DecideReview): Promise<Decided> => decide(ctx, 'REJECT', input)

const facts: Record<Verdict, string> = { APPROVE: 'step.approved', ASK_CHANGES: 'step.changes-asked', REJECT: 'step.rejected' }

async function decide(ctx: Tx, verdict: Verdict, { reviewId, reason = '', stepId, forId, versionId }: DecideReview): Promise<Decided> {
  const { actor } = ctx
  const review = await ctx.db.review.findFirst({
    where: { id: reviewId, houseId: actor.houseId },
    select: { id: true, assetId: true, versionId: true, askedById: true },
  })
  if (!review) throw new Refusal('not-found', `no review ${reviewId}`)
  if (!isStaff(actor)) throw new Refusal('forbidden', 'review')

  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, review.assetId)
    const loaded = await loadSteps(tx, reviewId)
    const { state } = await tx.db.review.findUniqueOrThrow({ where: { id: reviewId }, select: { state: true } })
    const hand = await handOf(tx, actor)
    const without = hand.house.reviewOwnSubmissions ? null : review.askedById
    const aim = aimAt(loaded, hand, { stepId: stepId ?? null, forId: forId ?? null, without })
    if (!aim.ok) return aim
    const { step, person } = aim.value
    // Which version it was matters more than that it is over: it says what to do now.
    if (state === 'CANCELLED' || (versionId && versionId !== review.versionId)) return fail('outdated')
    if (state !== 'WAITING') return fail('already-decided')
    if (without && [actor.userId, person].includes(without)) return fail('own-submission')
    const standing = standingNow(loaded)
    const counts = wouldCount(loaded.steps, standing, { stepId: step.id, person })
    // "So many" counts hands: a second word by the same one would be heard and move nothing.
    const spent = step.need === 'COUNT' && wordsIn(loaded, step).some(({ handId }) => handId === actor.userId)
    if (!counts || spent) return fail(refusalOf(step, loaded, { person, hand: actor.userId }))

    await tx.db.reviewVote.create({
      data: {
        id: newId('rvo', tx.clock.now()),
        houseId: actor.houseId,
        reviewId,
        stepId: step.id,
        userId: person,
        handId: actor.userId,
        decision: verdict,
        reason,
        at: tx.clock.now(),
      },
    })
    await record(tx, {
      type: facts[verdict],
      subject: { kind: 'review', id: reviewId },
      data: {
        reviewId,
        stepId: step.id,
        step: step.name,
        assetId: asset.id,
        title: asset.title,
        reason,
        ...(person !== actor.userId && { for: person }),
      },
    })
    return ok({ assetId: asset.id, ...(await advance(tx, asset, review)) })
  })
}

function refusalOf(step: StepRow, loaded: Loaded, { person, hand }: { person: string; hand: string }): DecideStepError {
  if (step.state === 'WAITING') return 'not-open'
  if (step.state !== 'OPEN') return 'already-decided'
  const said = wordsIn(loaded, step)
  return said.some(({ userId, handId }) => userId === person || (step.need === 'COUNT' && handId === hand)) ? 'spoke-already' : 'not-asked'
}

/** Who is at the page: their seat as it is now, not as the session remembers it, and for whom they stand in today. */
async function handOf(tx: Tx, actor: Person): Promise<Hand & { house: HouseRules }> {
  const [seats, house] = [await seatsOf(tx), await houseRules(tx)]
  const seat = seats.find(({ userId }) => userId === actor.userId)
  if (!seat) throw new Refusal('forbidden', 'no longer of the house')
  const today = todayIn(tx, house)
  return { seat, seats, house, standsInFor: actsFor(actor.userId, await absencesAround(tx, today), today) }
}

/**
 * The step that is meant and in whose name it is decided. Unsaid, it is the first open one that waits for this person, or for
 * somebody for whom they stand in. Who could decide none of them has no business here.
 */
function aimAt(
  loaded: Loaded,
  hand: Hand,
  { stepId, forId, without }: { stepId: string | null; forId: string | null; without: string | null },
): Result<{ step: StepRow; person: string }, DecideStepError> {
  const { seat, seats, standsInFor } = hand
  const steps = stepId ? loaded.steps.filter(({ id }) => id === stepId) : loaded.steps
  const theirs = (id: string) => steps.filter((step) => seats.some((other) => other.userId === id && qualifies(step, other)))
  if (forId && forId !== seat.userId) {
    if (!standsInFor.includes(forId)) return fail('stands-in-no-more')
    const step = firstFor(theirs(forId), loaded, forId)
    if (!step) throw new Refusal('forbidden', 'not a step of whom they stand in for')
    if (!mayTake(step, seat)) return fail('delegate-not-qualified')
    // Where hands are counted, who spends theirs on another's word has none left for their own, and the step lacks one for good.
    const own = step.need === 'COUNT' && namesFor(step, hand, { words: wordsIn(loaded, step), without }).includes(seat.userId)
    return own ? fail('own-word-first') : ok({ step, person: forId })
  }
  const waiting = steps
    .filter(({ state }) => state === 'OPEN')
    .flatMap((step) => namesFor(step, hand, { words: wordsIn(loaded, step), without }).map((person) => ({ step, person })))
  const next = waiting.find(({ person }) => person === seat.userId) ?? waiting[0]
  if (next) return ok(next)
  const step = firstFor(theirs(seat.userId), loaded, seat.userId)
  if (step) return ok({ step, person: seat.userId })
  if (standsInFor.some((id) => theirs(id).some(({ state }) => state === 'OPEN'))) return fail('delegate-not-qualified')
  throw new Refusal('forbidden', 'no step of theirs')
}

const wordsIn = ({ votes }: Loaded, { id }: Pick<StepRow, 'id'>) => votes.filter(({ stepId }) => stepId === id)

const firstFor = (steps: readonly StepRow[], loaded: Loaded, person: string): StepRow | undefined =>
  steps.find((step) => wouldCount(loaded.steps, standingNow(loaded), { stepId: step.id, person })) ??
  steps.find(({ state }) => state === 'OPEN') ??
  steps[0]
