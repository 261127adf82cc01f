import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { liveStates } from './blockers.ts'
import type { DecideTwinError, GroupTwinsError, LeaveGroupError } from './errors.ts'
import { lockAssets } from './locks.ts'
import { mustMay } from './policy.ts'
import { twinStates, type TwinState } from './rules/twin-states.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** Two live sales that exclude each other, on pictures that would become one: for the house's own people. */
export interface TwinCollision {
  assetId: string
  otherAssetId: string
  licenceNo: string
  otherLicenceNo: string
}

interface Grouping {
  assetIds: readonly string[]
  name: string
  why: string
}

/** Near-duplicates, or frames of one shoot: exclusivity sold on one of them holds for all, from now on. */
export async function groupTwins(ctx: Tx, input: Grouping): Promise<Result<{ groupId: string }, GroupTwinsError>> {
  mustMay(ctx.actor, 'record-rights')
  return group(ctx, input, 'CONFIRMED')
}

/**
 * The same, suspected: it binds until somebody decides, because a second sale cannot be taken back. The pictures that were
 * dismissed as twins of each other before are not asked about again.
 */
export async function flagTwins(ctx: Tx, input: Grouping): Promise<Result<{ groupId: string }, GroupTwinsError>> {
  mustMay(ctx.actor, 'suspect-twins')
  return group(ctx, input, 'SUSPECTED')
}

function group(ctx: Tx, { assetIds, name, why }: Grouping, state: TwinState): Promise<Result<{ groupId: string }, GroupTwinsError>> {
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ groupId: string }, GroupTwinsError>> => {
    const houseId = tx.actor.houseId
    const wanted = [...new Set(assetIds)]
    const assets = await tx.db.asset.findMany({ where: { houseId, id: { in: wanted } }, select: { id: true, no: true } })
    if (assets.length < wanted.length)
      return fail('no-such-asset', { assetIds: wanted.filter((id) => !assets.some((one) => one.id === id)) })
    if (assets.length < 2) return fail('too-few')
    const locked = await lockAssets(
      tx,
      assets.map(({ no }) => no),
    )
    const members = await tx.db.exclusivityMember.findMany({
      where: { houseId, leftAt: null, assetNo: { in: locked.map(({ no }) => no) } },
      select: { groupId: true, assetNo: true },
    })
    const groups = [...new Set(members.map(({ groupId }) => groupId))]
    if (groups.length > 1) return fail('in-other-groups')
    const fresh = assets.filter(({ no }) => !members.some(({ assetNo }) => assetNo === no))
    if (fresh.length === 0) return fail('already-together')
    if (
      state === 'SUSPECTED' &&
      (await wereDismissed(
        tx,
        assets.map(({ no }) => no),
      ))
    )
      return fail('dismissed-before')
    const collisions = await collisionsOf(
      tx,
      locked.map(({ no }) => no),
    )
    if (collisions.length > 0) return fail('sold-to-both', collisions)

    const at = tx.clock.now()
    const by = tx.actor.kind === 'person' ? tx.actor.userId : null
    const groupId = groups[0] ?? newId('xgr', at)
    if (!groups[0]) await tx.db.exclusivityGroup.create({ data: { id: groupId, houseId, name, createdAt: at, createdById: by } })
    // One of a new pair is what the other is suspected to be a twin of: a single question, a single answer.
    const known = groups[0] ? undefined : [...fresh].sort((a, b) => Number(a.no - b.no))[0]
    await tx.db.exclusivityMember.createMany({
      data: fresh.map(({ id, no }) => ({
        id: newId('xme', at),
        houseId,
        groupId,
        assetId: id,
        assetNo: no,
        state: no === known?.no ? 'CONFIRMED' : state,
        why,
        addedAt: at,
        addedById: by,
      })),
    })
    await record(tx, {
      type: state === 'SUSPECTED' ? 'twins.suspected' : 'twins.grouped',
      subject: { kind: 'exclusivity-group', id: groupId },
      data: { assets: fresh.map(({ id }) => id), why },
    })
    return ok({ groupId })
  })
}

/** Whether somebody has said of these pictures that they are no twins of each other. */
async function wereDismissed(tx: Tx, nos: readonly bigint[]): Promise<boolean> {
  const [row] = await tx.db.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM exclusivity_members m JOIN exclusivity_members o ON o.group_id = m.group_id AND o.asset_no <> m.asset_no
      WHERE m.house_id = ${tx.actor.houseId} AND m.state = 'DISMISSED' AND m.asset_no = ANY(${[...nos]}::bigint[]) AND o.asset_no = ANY(${[...nos]}::bigint[])) AS found`
  return row?.found ?? false
}

/** Live claims that `no_double_sale` would put against each other, were these pictures one. Asked under their locks. */
const collisionsOf = (tx: Tx, nos: readonly bigint[]): Promise<TwinCollision[]> =>
  tx.db.$queryRaw`
    SELECT ca.id AS "assetId", oa.id AS "otherAssetId", c.licence_no::text AS "licenceNo", o.licence_no::text AS "otherLicenceNo"
    FROM claims c JOIN claims o ON o.asset_no > c.asset_no AND o.excl_class <> c.excl_class AND o.media_set && c.media_set AND o.territory_set && c.territory_set
      AND o.industry_set && c.industry_set AND o.period && c.period
    JOIN assets ca ON ca.no = c.asset_no JOIN assets oa ON oa.no = o.asset_no
    WHERE c.asset_no = ANY(${[...nos]}::bigint[]) AND o.asset_no = ANY(${[...nos]}::bigint[]) AND c.state IN (${liveStates}) AND o.state IN (${liveStates})
    ORDER BY c.id, o.id LIMIT 20`

/** A person looks at a suspected twin: it is one, or it is not and goes its own way again. */
export async function decideTwin(
  ctx: Tx,
  { memberId, decision }: { memberId: string; decision: 'confirm' | 'dismiss' },
): Promise<Result<{ groupId: string }, DecideTwinError>> {
  mustMay(ctx.actor, 'record-rights')
  const member = await ownMember(ctx, memberId)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ groupId: string }, DecideTwinError>> => {
    await lockAssets(tx, [member.assetNo])
    const at = tx.clock.now()
    const { count } = await tx.db.exclusivityMember.updateMany({
      where: { id: memberId, houseId: tx.actor.houseId, state: { in: twinStates.whence(decision) }, leftAt: null },
      data: {
        state: decision === 'confirm' ? 'CONFIRMED' : 'DISMISSED',
        decidedAt: at,
        decidedById: tx.actor.kind === 'person' ? tx.actor.userId : null,
        ...(decision === 'dismiss' ? { leftAt: at } : {}),
      },
    })
    if (count === 0) return fail('already-decided')
    if (decision === 'dismiss') await closeIfAlone(tx, member.groupId)
    await record(tx, {
      type: decision === 'confirm' ? 'twin.confirmed' : 'twin.dismissed',
      subject: { kind: 'asset', id: member.assetId },
      data: { group: member.groupId },
    })
    return ok({ groupId: member.groupId })
  })
}

/** A picture leaves its group: from now on its exclusivity is its own. Whatever was sold stays sold. */
export async function leaveGroup(
  ctx: Tx,
  { memberId, reason }: { memberId: string; reason: string },
): Promise<Result<{ groupId: string }, LeaveGroupError>> {
  mustMay(ctx.actor, 'record-rights')
  const member = await ownMember(ctx, memberId)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ groupId: string }, LeaveGroupError>> => {
    await lockAssets(tx, [member.assetNo])
    const { count } = await tx.db.exclusivityMember.updateMany({
      where: { id: memberId, houseId: tx.actor.houseId, leftAt: null },
      data: { leftAt: tx.clock.now() },
    })
    if (count === 0) return fail('already-left')
    await closeIfAlone(tx, member.groupId)
    await record(tx, { type: 'twin.left', subject: { kind: 'asset', id: member.assetId }, data: { group: member.groupId, reason } })
    return ok({ groupId: member.groupId })
  })
}

/** A group of one is none: its last member goes too. Its asset is locked, because it was locked with its twin. */
async function closeIfAlone(tx: Tx, groupId: string): Promise<void> {
  const rest = await tx.db.exclusivityMember.findMany({ where: { groupId, leftAt: null }, select: { id: true }, take: 2 })
  if (rest.length === 1)
    await tx.db.exclusivityMember.updateMany({ where: { id: rest[0]?.id ?? '', leftAt: null }, data: { leftAt: tx.clock.now() } })
}

async function ownMember(ctx: Ctx<'db' | 'actor'>, memberId: string) {
  const member = await ctx.db.exclusivityMember.findFirst({
    where: { id: memberId, houseId: ctx.actor.houseId },
    select: { assetId: true, assetNo: true, groupId: true },
  })
  if (!member) throw new Refusal('not-found', `no member ${memberId}`)
  return member
}

/**
 * Bytes that the house has already, uploaded again as another picture: they are twins until somebody says otherwise. Runs
 * when a version is ready; it may run twice.
 */
export async function flagSameBytes(ctx: Tx, versionId: string): Promise<void> {
  const { houseId } = ctx.actor
  const version = await ctx.db.assetVersion.findFirst({ where: { id: versionId, houseId }, select: { assetId: true, sha256: true } })
  if (!version) return
  const same = await ctx.db.asset.findMany({
    where: { houseId, id: { not: version.assetId }, currentVersion: { houseId, sha256: version.sha256 } },
    select: { id: true, title: true },
    orderBy: { no: 'asc' },
    take: 1,
  })
  const mine = await ctx.db.asset.count({ where: { houseId, id: version.assetId, currentVersionId: versionId } })
  const [first] = same
  if (!first || mine === 0) return
  await suspectTwins(ctx, { assetIds: [first.id, version.assetId], name: first.title, why: 'The same file, byte for byte' })
}

/** Suspect two pictures; where both were sold so that neither can be taken back, the trail says so instead. */
export async function suspectTwins(
  ctx: Tx,
  { assetIds, name, why }: { assetIds: [string, string]; name: string; why: string },
): Promise<void> {
  const [other, assetId] = assetIds
  const outcome = await flagTwins(ctx, { assetIds, name, why })
  if (!outcome.ok && outcome.error === 'sold-to-both')
    await record(ctx, {
      type: 'twins.sold-to-both',
      subject: { kind: 'asset', id: assetId },
      data: {
        other,
        collisions: (outcome.detail as TwinCollision[]).map(({ licenceNo, otherLicenceNo }) => [licenceNo, otherLicenceNo]),
      },
    })
}
