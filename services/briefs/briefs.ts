import { record } from '../compliance/record.ts'
import { aimGuestLink } from '../intake/guest-links.ts'
import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { exponentOf, type Currency } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import { fail, ok, type Failure, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import type { AskBriefError, AssignBriefError, DeliverBriefError, MoveBriefError } from './errors.ts'
import { mayAnswerBrief, mayAskForAsset, mayMakeBrief, mayRunBriefs, maySeeBrief, mustRunBriefs, type BriefSeen } from './policy.ts'
import { briefStates, isEnded, type BriefState, type BriefVerb } from './rules/brief-states.ts'
import type { AskBrief } from './schema.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** Wishes of one person that nobody has answered: a season's fit, a loop's do not. */
const mostOpen = 200

/** Ask for an asset that does not exist yet. */
export async function askForAsset(
  ctx: Asking & Partial<Ctx<'language'>>,
  { references, budget, links, ...said }: AskBrief,
): Promise<Result<{ briefId: string }, AskBriefError>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'ask for an asset')
  if (!mayAskForAsset(actor)) throw new Refusal('forbidden', 'ask for an asset')
  const { houseId } = actor
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true, currency: true } })
  if (said.dueOn && said.dueOn < dayOf(ctx.clock.now(), house.timeZone)) return fail('due-is-past')
  const known = await ctx.db.asset.count({
    where: {
      id: { in: references },
      houseId,
      ...(isStaff(actor) ? {} : { state: 'PUBLISHED', audience: { not: 'INTERNAL' }, embargoEndsAt: null }),
    },
  })
  if (known < references.length) return fail('no-such-asset')
  const open = await ctx.db.brief.count({ where: { houseId, askedById: actor.userId, state: 'ASKED' } })
  if (open >= mostOpen) return fail('too-many-open', { most: mostOpen })
  const at = ctx.clock.now()
  const id = newId('brf', at)
  await inTransaction(ctx, async (tx) => {
    await tx.db.brief.create({
      data: {
        id,
        houseId,
        orgId: actor.orgId,
        askedById: actor.userId,
        title: said.title,
        outcome: said.outcome,
        placement: said.placement,
        dueOn: said.dueOn ?? null,
        budgetMinor: budget === undefined ? null : BigInt(Math.round(budget * 10 ** exponentOf(house.currency as Currency))),
        currency: budget === undefined ? null : house.currency,
        links,
        language: ctx.language ?? 'en',
        createdAt: at,
        changedAt: at,
      },
    })
    await tx.db.briefAsset.createMany({
      data: references.map((assetId) => ({ briefId: id, assetId, role: 'REFERENCE', addedAt: at, addedById: actor.userId })),
    })
    await noteStep(tx, id, 'ask', 'ASKED', '')
    await record(tx, {
      type: 'brief.asked',
      subject: { kind: 'brief', id },
      data: { title: said.title, org: actor.orgId, dueOn: said.dueOn ?? null, references },
    })
  })
  return ok({ briefId: id })
}

const nameOf = ({ actor }: Ctx<'actor'>): string =>
  isPerson(actor) ? actor.name : actor.kind === 'guest' ? (actor.sending?.name ?? 'A guest') : 'The house'

async function noteStep(tx: Asking, briefId: string, verb: string, state: BriefState, words: string): Promise<void> {
  const at = tx.clock.now()
  await tx.db.briefStep.create({ data: { id: newId('bst', at), briefId, verb, state, at, byName: nameOf(tx), words } })
}

/** The brief, where the actor may know of it at all. */
export async function briefFor(ctx: Ctx<'db' | 'actor'>, briefId: string) {
  const brief = await ctx.db.brief.findFirst({ where: { id: briefId, houseId: ctx.actor.houseId } })
  if (!brief || !maySeeBrief(ctx.actor, brief)) throw new Refusal('not-found', `no brief ${briefId}`)
  return brief
}

/** The brief with its row held: what was allowed when it was asked is still allowed when it is done. */
async function heldBrief(tx: Ctx<'db' | 'actor'>, briefId: string) {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM briefs WHERE id = ${briefId} AND house_id = ${tx.actor.houseId} FOR UPDATE`
  return briefFor(tx, briefId)
}

interface Change {
  reason?: string
  assigneeId?: string | null
  assignedLinkId?: string | null
}

/** The guarded step of a brief: of two at once one is told that it came too late. */
async function move(
  tx: Asking,
  briefId: string,
  verb: BriefVerb,
  words: string,
  change: Change = {},
): Promise<Result<{ state: BriefState }, MoveBriefError>> {
  const at = tx.clock.now()
  const before = await tx.db.brief.findFirst({ where: { id: briefId, houseId: tx.actor.houseId }, select: { state: true } })
  const state = before && briefStates.after(before.state, verb)
  if (!before || !state) return wrongState(before?.state)
  const { count } = await tx.db.brief.updateMany({
    where: { id: briefId, houseId: tx.actor.houseId, state: before.state },
    data: { ...change, state, changedAt: at, endedAt: isEnded(state) ? at : null },
  })
  if (count === 0) return wrongState(before.state)
  await noteStep(tx, briefId, verb, state, words)
  await record(tx, {
    type: facts[verb],
    subject: { kind: 'brief', id: briefId },
    data: { from: before.state, words, assigneeId: change.assigneeId, linkId: change.assignedLinkId },
  })
  return ok({ state })
}
const wrongState = (state: BriefState | undefined): Failure<'wrong-state'> => fail('wrong-state', { state })

const facts: Record<BriefVerb, string> = {
  accept: 'brief.accepted',
  decline: 'brief.declined',
  assign: 'brief.assigned',
  start: 'brief.started',
  deliver: 'brief.delivered',
  approve: 'brief.approved',
  askChanges: 'brief.changes-asked',
  close: 'brief.closed',
  cancel: 'brief.cancelled',
}

/** Who may say which verb; the table says when. */
const mays: Record<Exclude<BriefVerb, 'assign' | 'deliver'>, (actor: Asking['actor'], brief: BriefSeen) => boolean> = {
  accept: mayRunBriefs,
  decline: mayRunBriefs,
  start: mayMakeBrief,
  approve: mayAnswerBrief,
  askChanges: mayAnswerBrief,
  close: mayRunBriefs,
  cancel: (actor, brief) => mayAnswerBrief(actor, brief) || mayRunBriefs(actor),
}

/** Accept, decline with a reason, begin, approve, ask for changes, close or cancel. */
export async function moveBrief(
  ctx: Asking,
  briefId: string,
  { verb, words = '' }: { verb: Exclude<BriefVerb, 'assign' | 'deliver'>; words?: string },
): Promise<Result<{ state: BriefState }, MoveBriefError>> {
  return inTransaction(ctx, async (tx) => {
    if (!mays[verb](tx.actor, await heldBrief(tx, briefId))) throw new Refusal('forbidden', `${verb} a brief`)
    return move(tx, briefId, verb, words, verb === 'decline' ? { reason: words } : {})
  })
}

/** Give it to somebody of the house who may upload, or to whoever holds a guest link. */
export async function assignBrief(
  ctx: Asking,
  briefId: string,
  { to, words = '' }: { to: string; words?: string },
): Promise<Result<{ state: BriefState }, AssignBriefError>> {
  mustRunBriefs(ctx.actor)
  await briefFor(ctx, briefId)
  const { houseId } = ctx.actor
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ state: BriefState }, AssignBriefError>> => {
    if (to.startsWith('gln_')) {
      if (!(await aimGuestLink(tx, to, briefId))) return fail('no-such-link')
      return move(tx, briefId, 'assign', words, { assigneeId: null, assignedLinkId: to })
    }
    const seat = await tx.db.member.findFirst({
      where: {
        houseId,
        orgId: houseId,
        userId: to,
        endedAt: null,
        user: { closedAt: null },
        roles: { hasSome: ['ADMINISTRATOR', 'LIBRARIAN', 'CONTRIBUTOR'] },
      },
      select: { userId: true },
    })
    if (!seat) return fail('not-a-maker')
    return move(tx, briefId, 'assign', words, { assigneeId: to, assignedLinkId: null })
  })
}

/** Hand over what was made. Whoever lost the role that makes it cannot; nor is nothing a delivery. */
export async function deliverBrief(
  ctx: Asking,
  briefId: string,
  { words = '' }: { words?: string },
): Promise<Result<{ state: BriefState }, DeliverBriefError>> {
  return inTransaction(ctx, async (tx) => {
    if (!mayMakeBrief(tx.actor, await heldBrief(tx, briefId))) throw new Refusal('forbidden', 'deliver a brief')
    const made = await tx.db.briefAsset.count({ where: { briefId, role: 'DELIVERY' } })
    if (made === 0) return fail('nothing-delivered')
    return move(tx, briefId, 'deliver', words)
  })
}

/** The first file made for it says that somebody has begun. Part of the transaction that brings the file. */
export async function beginWork(tx: Asking, briefId: string): Promise<void> {
  await move(tx, briefId, 'start', '')
}
