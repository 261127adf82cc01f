import { isPerson, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Json } from '../kernel/canonical.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ActivatePolicyError, ApprovePolicyError } from './errors.ts'
import { may, type RetentionAct } from './policy.ts'
import { policyRule, type PolicyInput } from './schema.ts'

type Writing = Ctx<'db' | 'clock' | 'actor'>

const writer = ({ actor }: Writing, act: RetentionAct): Person => {
  if (!isPerson(actor) || !may(actor, act)) throw new Refusal('forbidden', `${act} policy`)
  return actor
}

async function locked(tx: Writing, policyId: string) {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM life_policies WHERE id = ${policyId} FOR UPDATE`
  const policy = await tx.db.lifePolicy.findFirst({ where: { id: policyId, houseId: tx.actor.houseId } })
  if (!policy) throw new Refusal('not-found', `no policy ${policyId}`)
  return policy
}

const rowOf = ({ name, action, reason, ...rest }: PolicyInput) => ({ name, action, reason, rule: policyRule.parse(rest) })

/** Write a policy down. It does nothing until it is put to work, and its preview can be looked at before. */
export async function writePolicy(ctx: Writing, input: PolicyInput): Promise<Result<{ policyId: string }>> {
  const { userId, houseId } = writer(ctx, 'write')
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const policyId = newId('pol', at)
    const row = rowOf(input)
    await tx.db.lifePolicy.create({
      data: { id: policyId, houseId, ...row, createdById: userId, createdAt: at, changedById: userId, changedAt: at },
    })
    await record(tx, {
      type: 'policy.written',
      subject: { kind: 'policy', id: policyId },
      data: { ...row, rule: row.rule as unknown as Json },
    })
    return ok({ policyId })
  })
}

/** Change a policy. Whatever was agreed to before was agreed to about other words: it is a draft again. */
export async function changePolicy(
  ctx: Writing,
  { policyId, ...input }: PolicyInput & { policyId: string },
): Promise<Result<{ policyId: string }, 'wrong-state'>> {
  const { userId } = writer(ctx, 'write')
  return inTransaction(ctx, async (tx) => {
    const before = await locked(tx, policyId)
    if (before.state === 'ENDED') return fail('wrong-state')
    const row = rowOf(input)
    await tx.db.lifePolicy.update({
      where: { id: policyId },
      data: { ...row, state: 'DRAFT', changedById: userId, changedAt: tx.clock.now(), approvedById: null, approvedAt: null },
    })
    await record(tx, {
      type: 'policy.changed',
      subject: { kind: 'policy', id: policyId },
      data: { ...row, rule: row.rule as unknown as Json },
    })
    return ok({ policyId })
  })
}

/** Put a policy to work: at once, or, if it deletes, once a second person has agreed. */
export async function activatePolicy(
  ctx: Writing,
  { policyId }: { policyId: string },
): Promise<Result<{ policyId: string; waits: boolean }, ActivatePolicyError>> {
  writer(ctx, 'write')
  return inTransaction(ctx, async (tx) => {
    const policy = await locked(tx, policyId)
    if (policy.state !== 'DRAFT' && policy.state !== 'PAUSED') return fail('wrong-state')
    const waits = policy.action === 'DELETE' && policy.approvedAt === null
    await tx.db.lifePolicy.update({ where: { id: policyId }, data: { state: waits ? 'WAITING' : 'ACTIVE' } })
    await record(tx, {
      type: waits ? 'policy.approval-asked' : 'policy.activated',
      subject: { kind: 'policy', id: policyId },
      data: { name: policy.name, action: policy.action },
    })
    return ok({ policyId, waits })
  })
}

/** Agree, as a second person, to a policy that deletes: to the words that were seen, and to no others. */
export async function approvePolicy(
  ctx: Writing,
  { policyId, seenAt }: { policyId: string; seenAt: Date },
): Promise<Result<{ policyId: string }, ApprovePolicyError>> {
  const { userId } = writer(ctx, 'approve')
  return inTransaction(ctx, async (tx) => {
    const policy = await locked(tx, policyId)
    if (policy.state !== 'WAITING') return fail('wrong-state')
    if (policy.changedById === userId) return fail('own-change')
    if (policy.changedAt.getTime() !== seenAt.getTime()) return fail('changed-meanwhile')
    await tx.db.lifePolicy.update({
      where: { id: policyId },
      data: { state: 'ACTIVE', approvedById: userId, approvedAt: tx.clock.now() },
    })
    await record(tx, { type: 'policy.approved', subject: { kind: 'policy', id: policyId }, data: { name: policy.name, by: userId } })
    return ok({ policyId })
  })
}

/** Let a policy rest, or end it for good. Its runs and what they did stay on record. */
export async function restPolicy(
  ctx: Writing,
  { policyId, end }: { policyId: string; end: boolean },
): Promise<Result<{ policyId: string }, 'wrong-state'>> {
  writer(ctx, 'write')
  return inTransaction(ctx, async (tx) => {
    const policy = await locked(tx, policyId)
    if (policy.state === 'ENDED' || (!end && policy.state !== 'ACTIVE')) return fail('wrong-state')
    await tx.db.lifePolicy.update({ where: { id: policyId }, data: { state: end ? 'ENDED' : 'PAUSED' } })
    await record(tx, {
      type: end ? 'policy.ended' : 'policy.paused',
      subject: { kind: 'policy', id: policyId },
      data: { name: policy.name },
    })
    return ok({ policyId })
  })
}
