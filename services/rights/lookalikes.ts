import { nearDuplicates, type Lookalike } from '../assets/likeness.ts'
import { adoptVersion, bringBack, discardDraft } from '../assets/merging.ts'
import { may as mayLibrary } from '../assets/policy.ts'
import { printVersions } from '../assets/prints.ts'
import { likenessWords } from '../assets/rules/nearness.ts'
import { record } from '../compliance/record.ts'
import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import type { DecideLikenessError, ReopenLikenessError } from './errors.ts'
import { may } from './policy.ts'
import { likenessStates, type LikenessDecision } from './rules/likeness-states.ts'
import { decideTwin, flagSameBytes, flagTwins, groupTwins, leaveGroup, suspectTwins } from './twins.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/**
 * What a new version looks like is asked about once: each pair gets a row that a person decides. Pictures that are surely
 * one are suspected as twins at once, as equal bytes are, because a second sale cannot be taken back; logos and documents
 * look alike by their nature and are only asked about. It may run twice.
 */
export async function flagLookalikes(ctx: Tx, versionId: string): Promise<void> {
  const { houseId } = ctx.actor
  const version = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId },
    select: { assetId: true, mediaType: true, asset: { select: { currentVersionId: true, kind: true, state: true } } },
  })
  if (!version || version.asset.currentVersionId !== versionId || version.asset.state === 'ARCHIVED') return
  const found = await nearDuplicates(ctx, { versionId })
  if (found.length === 0) return
  await keepPairs(ctx, { versionId, assetId: version.assetId }, found)
  // A drawing is a logo until somebody says what it is: it comes as an illustration.
  const drawn = ['image/svg+xml', 'application/pdf'].includes(version.mediaType)
  if (drawn || !['PHOTOGRAPH', 'ILLUSTRATION'].includes(version.asset.kind)) return
  const sure = found.filter(({ nearness }) => nearness === 'sure')
  const others = await ctx.db.asset.findMany({
    where: { houseId, id: { in: sure.map(({ assetId }) => assetId) }, kind: { in: ['PHOTOGRAPH', 'ILLUSTRATION'] } },
    select: { id: true, title: true },
  })
  // One of them brings its group along; the rest is for the person who decides.
  const first = sure.find(({ assetId }) => others.some(({ id }) => id === assetId))
  const other = others.find(({ id }) => id === first?.assetId)
  if (!first || !other || (await wasAnswered(ctx, { assetId: version.assetId, versionId }, first))) return
  await suspectTwins(ctx, { assetIds: [other.id, version.assetId], name: other.title, why: likenessWords(first) })
}

const inOrder = (one: string, two: string): [string, string] => (one > two ? [one, two] : [two, one])

async function keepPairs(ctx: Tx, mine: { versionId: string; assetId: string }, found: readonly Lookalike[]): Promise<void> {
  const foundAt = ctx.clock.now()
  await ctx.db.likeness.createMany({
    data: found.map((other) => {
      const [assetId, otherId] = inOrder(mine.assetId, other.assetId)
      const [versionId, otherVersionId] = assetId === mine.assetId ? [mine.versionId, other.versionId] : [other.versionId, mine.versionId]
      const { places, bits, ways } = other
      return {
        id: newId('lik', foundAt),
        houseId: ctx.actor.houseId,
        assetId,
        otherId,
        versionId,
        otherVersionId,
        places,
        bits,
        ways,
        foundAt,
      }
    }),
    skipDuplicates: true,
  })
}

type OneOfTwo = Pick<Lookalike, 'assetId' | 'versionId'>

/**
 * Whether somebody has said of these two files that they are different pictures. A file that came since was not looked at:
 * an answer about a harmless one must not let a copy in behind it.
 */
async function wasAnswered(ctx: Tx, mine: OneOfTwo, theirs: OneOfTwo): Promise<boolean> {
  const [newer, older] = mine.assetId > theirs.assetId ? [mine, theirs] : [theirs, mine]
  const { assetId, versionId } = newer
  const other = { otherId: older.assetId, otherVersionId: older.versionId }
  return (await ctx.db.likeness.count({ where: { houseId: ctx.actor.houseId, assetId, versionId, ...other, state: 'DIFFERENT' } })) > 0
}

/**
 * A picture that comes back from the archive is as likely to be sold twice as on the day it came. That it was put away as a
 * copy ended its suspicion, so it is suspected again, and the question is open again.
 */
export async function flagRestored(ctx: Tx, assetId: string): Promise<void> {
  const { houseId } = ctx.actor
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId, state: { not: 'ARCHIVED' } },
    select: { currentVersionId: true },
  })
  if (!asset?.currentVersionId) return
  await ctx.db.likeness.updateMany({
    where: { houseId, assetId, state: 'DISCARDED' },
    data: { state: 'OPEN', decidedAt: null, decidedById: null },
  })
  await flagSameBytes(ctx, asset.currentVersionId)
  await flagLookalikes(ctx, asset.currentVersionId)
}

interface Decided {
  assetId: string
  otherId: string
  /** They look so alike that they share exclusivity until a rights manager decides too. */
  stillSuspected: boolean
}

/**
 * A person answers: the newer picture is a new version of the older, both stay and share their exclusivity, both stay and
 * are different, or the upload is put away. Whoever may work on the newer picture may answer. The rights manager's answer
 * holds for exclusivity too; anybody else's leaves a suspected twin to the rights desk.
 */
export async function decideLikeness(
  ctx: Tx,
  { likenessId, decision }: { likenessId: string; decision: LikenessDecision },
): Promise<Result<Decided, DecideLikenessError>> {
  const pair = await ownPair(ctx, likenessId)
  // Contributors answer about their own drafts; what binds the sale of two pictures is not theirs to say.
  if (decision === 'twins' && !may(ctx.actor, 'suspect-twins')) throw new Refusal('forbidden', 'tell twins')
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<Decided, DecideLikenessError>> => {
    const { count } = await tx.db.likeness.updateMany({
      where: { id: likenessId, houseId: tx.actor.houseId, state: { in: likenessStates.whence(decision) } },
      data: {
        state: likenessStates.table.OPEN[decision],
        decidedAt: tx.clock.now(),
        decidedById: isPerson(tx.actor) ? tx.actor.userId : null,
      },
    })
    if (count === 0) return fail('already-decided')
    const done = await carryOut(tx, pair, decision)
    if (!done.ok) return done
    await record(tx, {
      type: 'likeness.decided',
      subject: { kind: 'asset', id: pair.assetId },
      data: { other: pair.otherId, decision, places: pair.places, bits: pair.bits },
    })
    const stillSuspected = decision === 'different' && (await suspectedOf(tx, pair)) !== null
    return ok({ assetId: pair.assetId, otherId: pair.otherId, stillSuspected })
  })
}

type Pair = Awaited<ReturnType<typeof ownPair>>

async function carryOut(tx: Tx, pair: Pair, decision: LikenessDecision): Promise<Result<unknown, DecideLikenessError>> {
  if (decision === 'twins') return shareExclusivity(tx, pair)
  if (decision === 'different') {
    const member = may(tx.actor, 'record-rights') ? await suspectedOf(tx, pair) : null
    if (member) await decideTwin(tx, { memberId: member, decision: 'dismiss' })
    return ok(null)
  }
  const away =
    decision === 'newVersion'
      ? await adoptVersion(tx, { draftId: pair.assetId, intoId: pair.otherId })
      : await discardDraft(tx, { assetId: pair.assetId, reason: `It looks like “${pair.other.title}”, which the library has.` })
  if (!away.ok) return away
  const member = await suspectedOf(tx, pair)
  // What is put away is sold by nobody: its suspicion goes with it, without a word on whether it was right.
  if (member) await leaveGroup(asHouse(tx), { memberId: member, reason: 'Put away as a copy' })
  return ok(null)
}

const asHouse = (tx: Tx): Tx => ({ ...tx, actor: { kind: 'system', houseId: tx.actor.houseId, name: 'likeness' } })

/** Rights managers confirm; others suspect, which binds as well. */
async function shareExclusivity(tx: Tx, pair: Pair): Promise<Result<unknown, DecideLikenessError>> {
  const member = await suspectedOf(tx, pair)
  if (member) return may(tx.actor, 'record-rights') ? decideTwinOnce(tx, member) : ok(null)
  const input = { assetIds: [pair.otherId, pair.assetId], name: pair.other.title, why: likenessWords(pair) }
  const outcome = may(tx.actor, 'record-rights') ? await groupTwins(tx, input) : await flagTwins(tx, input)
  if (outcome.ok || outcome.error === 'already-together') return ok(null)
  if (outcome.error === 'no-such-asset' || outcome.error === 'too-few') throw new Refusal('not-found', `pictures of ${pair.id}`)
  return fail(outcome.error, outcome.detail)
}

async function decideTwinOnce(tx: Tx, memberId: string): Promise<Result<unknown, DecideLikenessError>> {
  const outcome = await decideTwin(tx, { memberId, decision: 'confirm' })
  return outcome.ok ? ok(null) : fail('already-decided')
}

/** The suspected membership that ties these two, if there is one. */
async function suspectedOf(tx: Tx, { assetId, otherId }: Pair): Promise<string | null> {
  const members = await tx.db.exclusivityMember.findMany({
    where: { houseId: tx.actor.houseId, leftAt: null, assetId: { in: [assetId, otherId] } },
    select: { id: true, groupId: true, state: true },
  })
  const [one, two] = members
  if (!one || !two || one.groupId !== two.groupId) return null
  return members.find(({ state }) => state === 'SUSPECTED')?.id ?? null
}

async function ownPair(ctx: Ctx<'db' | 'actor'>, likenessId: string) {
  const pair = await ctx.db.likeness.findFirst({
    where: { id: likenessId, houseId: ctx.actor.houseId },
    include: { asset: { select: { title: true, createdById: true, state: true } }, other: { select: { title: true } } },
  })
  if (!pair || !isStaff(ctx.actor)) throw new Refusal('not-found', `no likeness ${likenessId}`)
  if (!mayLibrary(ctx.actor, 'edit', pair.asset) && !may(ctx.actor, 'suspect-twins')) throw new Refusal('forbidden', 'decide likeness')
  return pair
}

export interface ManyDecided {
  decided: string[]
  /** Those that could not be, and why. */
  refused: { id: string; error: DecideLikenessError }[]
}

/** The same answer to several questions, each for itself: what one refuses does not keep the others. */
export async function decideLikenesses(
  ctx: Tx,
  { ids, decision }: { ids: readonly string[]; decision: 'different' | 'discard' },
): Promise<ManyDecided> {
  const done: ManyDecided = { decided: [], refused: [] }
  for (const likenessId of ids) {
    const outcome = await decideLikeness(ctx, { likenessId, decision })
    if (outcome.ok) done.decided.push(likenessId)
    else done.refused.push({ id: likenessId, error: outcome.error })
  }
  return done
}

/** An answer is taken back: the question is open again, and a discarded upload is a draft again. */
export async function reopenLikeness(
  ctx: Tx,
  { likenessId }: { likenessId: string },
): Promise<Result<{ assetId: string }, ReopenLikenessError>> {
  const pair = await ownPair(ctx, likenessId)
  const outcome = await inTransactionOrUndo(ctx, async (tx): Promise<Result<{ assetId: string }, ReopenLikenessError>> => {
    const before = await tx.db.likeness.findUniqueOrThrow({ where: { id: likenessId }, select: { state: true } })
    const { count } = await tx.db.likeness.updateMany({
      where: { id: likenessId, state: before.state, AND: { state: { in: likenessStates.whence('reopen') } } },
      data: { state: 'OPEN', decidedAt: null, decidedById: null },
    })
    if (count === 0) return fail('not-reopenable')
    if (before.state === 'DISCARDED' && !(await bringBack(tx, pair.assetId))) return fail('not-reopenable')
    await record(tx, { type: 'likeness.reopened', subject: { kind: 'asset', id: pair.assetId }, data: { other: pair.otherId } })
    return ok({ assetId: pair.assetId })
  })
  // A draft that is back is as likely to be sold twice as it was before.
  if (outcome.ok) await flagLookalikes(asHouse(ctx), pair.versionId)
  return outcome
}

/** Prints of older versions, made some at a time; what had none before is looked up as if it had just come. */
export const printAndFlag = (ctx: Ctx<'db' | 'clock' | 'storage' | 'media' | 'log'>): Promise<number> =>
  printVersions(ctx, (tx, { versionId, houseId }) =>
    flagLookalikes({ ...tx, actor: { kind: 'system', houseId, name: 'likeness' } }, versionId),
  )

/** Several answers taken back, each for itself. */
export async function reopenLikenesses(ctx: Tx, { ids }: { ids: readonly string[] }): Promise<{ reopened: string[]; refused: string[] }> {
  const done = { reopened: [] as string[], refused: [] as string[] }
  for (const likenessId of ids) {
    const outcome = await reopenLikeness(ctx, { likenessId })
    if (outcome.ok) done.reopened.push(likenessId)
    else done.refused.push(likenessId)
  }
  return done
}
