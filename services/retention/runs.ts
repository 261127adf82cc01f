import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import {
  archiveStep,
  deleteStep,
  expireStep,
  holdStep,
  houseLife,
  resumeStep,
  takeBackStep,
  withdrawStep,
  type HouseLife,
} from '../assets/life-steps.ts'
import { lockAssets } from '../assets/lock.ts'
import { stepWithin, type RefusedAsset } from '../assets/steps.ts'
import { record } from '../compliance/record.ts'
import type { Context } from '../platform/context.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo, violates } from '../platform/db.ts'
import { candidatesOf, type Candidate, type Finding } from './candidates.ts'
import type { AnswerError, RunPolicyError, UndoRunError } from './errors.ts'
import { may } from './policy.ts'
import { policyRule } from './schema.ts'

type Running = Ctx<'db' | 'clock' | 'actor'>
/** One transaction's worth, and how long it may take: each picture may leave the index of searches with it. */
const part = 500
/** So many are found at once: finding looks at all licences of the house, acting looks at its part only and finds once more. */
const ahead = 20_000
const aLot = { timeout: 60_000 }
const longestRun = 3_600_000
/** So long a run can be undone: long enough for a Monday, too short to bring back what was forgotten for good. */
export const undoableFor = 7 * 86_400_000

interface Policy extends Finding {
  name: string
  reason: string
}

async function policyOf(ctx: Running, policyId: string): Promise<Policy & { state: string }> {
  const row = await ctx.db.lifePolicy.findFirst({ where: { id: policyId, houseId: ctx.actor.houseId } })
  if (!row) throw new Refusal('not-found', `no policy ${policyId}`)
  return { id: row.id, name: row.name, reason: row.reason, action: row.action, rule: policyRule.parse(row.rule), state: row.state }
}

export interface RunDone {
  runId: string
  done: number
  spared: number
}

/** Run a policy now, over everything that its condition finds: what its preview shows at this moment, and nothing else. */
export async function runPolicy(ctx: Running, { policyId }: { policyId: string }): Promise<Result<RunDone, RunPolicyError>> {
  if (ctx.actor.kind !== 'system' && !may(ctx.actor, 'write')) throw new Refusal('forbidden', 'run policy')
  const policy = await policyOf(ctx, policyId)
  if (policy.state !== 'ACTIVE') return fail('not-active')
  const runId = newId('run', ctx.clock.now())
  // A run that was cut off by a killed server bars no other for longer than any takes.
  const cutOff = new Date(ctx.clock.now().getTime() - longestRun)
  await ctx.db.policyRun.updateMany({ where: { policyId, endedAt: null, startedAt: { lt: cutOff } }, data: { endedAt: ctx.clock.now() } })
  const startedBy = isPerson(ctx.actor) ? ctx.actor.name : 'The night'
  try {
    await ctx.db.policyRun.create({ data: { id: runId, houseId: ctx.actor.houseId, policyId, startedBy, startedAt: ctx.clock.now() } })
  } catch (error) {
    if (violates(error, 'one_open_run') || violates(error, 'policy_id')) return fail('running')
    throw error
  }
  const total = { done: 0, spared: 0 }
  try {
    // The house's own hand does it: a rule that two people agreed to does not end where the one who starts it may not archive.
    const hand: Running = { ...ctx, actor: { kind: 'system', houseId: ctx.actor.houseId, name: `policy: ${policy.name}` } }
    const house = await houseLife(ctx)
    for (let after = 0n; ;) {
      const found = await candidatesOf(ctx, policy, { after, most: ahead })
      const last = found.at(-1)
      if (!last) break
      after = last.no
      for (let from = 0; from < found.length; from += part) {
        const ids = found.slice(from, from + part).map(({ id }) => id)
        const { done, spared } = await inTransaction(hand, (tx) => runPart(tx, policy, house, runId, ids), aLot)
        total.done += done
        total.spared += spared
      }
    }
  } finally {
    await ctx.db.policyRun.update({ where: { id: runId }, data: { endedAt: ctx.clock.now() } })
  }
  if (total.done > 0 || isPerson(ctx.actor))
    await inTransaction(ctx, (tx) =>
      record(tx, {
        type: 'policy.ran',
        subject: { kind: 'policy', id: policyId },
        data: { runId, name: policy.name, action: policy.action, ...total },
      }),
    )
  return ok({ runId, ...total })
}

/** A part of a run: found once more under the assets' locks, so that nobody's last step is overlooked. */
async function runPart(inside: Running, policy: Policy, house: HouseLife, runId: string, ids: readonly string[]) {
  const at = inside.clock.now()
  // One instant for all of it: an undo knows by it that nobody has touched an asset since.
  const tx: Running = { ...inside, clock: { now: () => at } }
  await lockAssets(tx, ids)
  const found = await candidatesOf(tx, policy, { only: ids, most: ids.length })
  const wanted = found.filter(({ spared }) => spared === null)
  const refused = await act(tx, policy, house, wanted)
  const not = new Map(refused.map(({ id, error }) => [id, error === 'legal-hold' ? 'legal-hold' : 'changed-meanwhile']))
  const word = policy.action === 'ASK' ? 'asked' : policy.action === 'NOTIFY' ? 'notified' : 'done'
  const items = found.map(({ id, state, since, spared }) => ({
    runId,
    assetId: id,
    houseId: tx.actor.houseId,
    policyId: policy.id,
    outcome: spared ?? not.get(id) ?? word,
    fromState: state,
    since,
    at,
  }))
  await tx.db.policyRunItem.createMany({ data: items })
  const done = items.filter(({ outcome }) => outcome === word).length
  const spared = items.length - done
  // With what it counts: a run that is cut off has done what it did, and can be taken back.
  await tx.db.policyRun.update({ where: { id: runId }, data: { done: { increment: done }, spared: { increment: spared } } })
  return { done, spared }
}

async function act(
  tx: Running,
  { action, reason }: Policy,
  house: HouseLife,
  wanted: readonly Candidate[],
): Promise<RefusedAsset<never>[]> {
  const ids = wanted.map(({ id }) => id)
  if (ids.length === 0 || action === 'ASK' || action === 'NOTIFY') return []
  if (action === 'HOLD') return (await stepWithin(tx, ids, holdStep(tx, { reason }))).refused
  if (action === 'EXPIRE') return (await stepWithin(tx, ids, expireStep(tx, reason))).refused
  if (action === 'DELETE') return (await stepWithin(tx, ids, deleteStep(tx, house, reason))).refused
  // What is on show leaves it first, as by hand.
  const shown = wanted.filter(({ state }) => state === 'PUBLISHED').map(({ id }) => id)
  if (shown.length > 0) await stepWithin(tx, shown, withdrawStep(tx, reason))
  return (await stepWithin(tx, ids, archiveStep(reason))).refused
}

/** The active policies of one house, one after the other: the timetable's night run. */
export async function runPolicies(ctx: Pick<Context, 'db' | 'clock' | 'actor' | 'log'>): Promise<number> {
  const policies = await ctx.db.lifePolicy.findMany({
    where: { houseId: ctx.actor.houseId, state: 'ACTIVE' },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  })
  let done = 0
  for (const { id } of policies) {
    const outcome = await runPolicy(ctx, { policyId: id })
    if (outcome.ok) done += outcome.value.done
    else ctx.log.warn('policy.not-run', { policy: id, why: outcome.error })
  }
  return done
}

export interface Undone {
  undone: number
  /** What went its own way since: it stays as it is. */
  left: number
}

/** Before this an undo that has not got on since is that of a killed server. */
export const cutOffBefore = (ctx: Ctx<'clock'>): Date => new Date(ctx.clock.now().getTime() - 2 * aLot.timeout)

/**
 * Take back what a run did, as far as nobody has touched it since. What was published comes back off sale, for a person to publish.
 * One that was cut off is taken up again by the same words, however late: half a run is nobody's wish.
 */
export async function undoRun(ctx: Running, { runId }: { runId: string }): Promise<Result<Undone, UndoRunError>> {
  const { actor } = ctx
  const run = await ctx.db.policyRun.findFirst({
    where: { id: runId, houseId: actor.houseId },
    include: { policy: { select: { name: true, action: true } } },
  })
  if (!run) throw new Refusal('not-found', `no run ${runId}`)
  if (!isPerson(actor) || !may(actor, 'write')) throw new Refusal('forbidden', 'undo run')
  if (run.endedAt === null) return fail('running')
  if (run.undoneAt === null && ctx.clock.now().getTime() - run.startedAt.getTime() > undoableFor) return fail('too-late')
  if (run.done === 0 || run.policy.action === 'ASK' || run.policy.action === 'NOTIFY') return fail('nothing-done')
  // What is left of a run that was cut off in its undoing can be told by its items.
  const cutOff = { undoneAt: { lt: cutOffBefore(ctx) }, items: { some: { outcome: 'done' } } }
  const { count } = await ctx.db.policyRun.updateMany({
    where: { id: runId, OR: [{ undoneAt: null }, cutOff] },
    data: { undoneAt: ctx.clock.now(), undoneById: actor.userId },
  })
  if (count === 0) return fail('undone-already')
  for (;;) {
    const result = await inTransaction(ctx, (tx) => undoPart(tx, { ...run, held: run.policy.action === 'HOLD' }), aLot)
    if (result) return ok(result)
  }
}

/** A part of an undo; the last one answers with what became of the whole, which it writes down in the same step. */
async function undoPart(
  tx: Running,
  { id: runId, policyId, policy, held }: { id: string; policyId: string; policy: { name: string }; held: boolean },
): Promise<Undone | null> {
  // It gets on, and has the run for itself: another who takes it up waits here and finds less.
  await tx.db.policyRun.update({ where: { id: runId }, data: { undoneAt: tx.clock.now() } })
  const found = await tx.db.policyRunItem.findMany({
    where: { runId, outcome: 'done' },
    select: { assetId: true, at: true },
    take: part + 1,
    orderBy: { assetId: 'asc' },
  })
  const items = found.slice(0, part)
  const assets = await lockAssets(
    tx,
    items.map(({ assetId }) => assetId),
  )
  const acted = new Map(items.map(({ assetId, at }) => [assetId, at.getTime()]))
  // Untouched since: the run's own step was its last change.
  const same = assets.filter(({ id, changedAt }) => acted.get(id) === changedAt.getTime()).map(({ id }) => id)
  const done: string[] =
    same.length === 0 ? [] : (await (held ? stepWithin(tx, same, resumeStep) : stepWithin(tx, same, takeBackStep))).done
  const left = items.map(({ assetId }) => assetId).filter((id) => !done.includes(id))
  await tx.db.policyRunItem.updateMany({ where: { runId, assetId: { in: done } }, data: { outcome: 'undone' } })
  await tx.db.policyRunItem.updateMany({ where: { runId, assetId: { in: left } }, data: { outcome: 'not-undone' } })
  if (found.length > part) return null
  const [undone, kept] = await Promise.all(
    ['undone', 'not-undone'].map((outcome) => tx.db.policyRunItem.count({ where: { runId, outcome } })),
  )
  const result: Undone = { undone: undone ?? 0, left: kept ?? 0 }
  if (items.length > 0)
    await record(tx, {
      type: 'policy.run-undone',
      subject: { kind: 'policy', id: policyId },
      data: { runId, name: policy.name, ...result },
    })
  return result
}

/** A librarian's answer to what a policy asked: archive it, or keep it (and it is not asked about again for half a year). */
export async function answerPolicy(
  ctx: Running,
  { runId, assetId, answer }: { runId: string; assetId: string; answer: 'archived' | 'kept' },
): Promise<Result<{ assetId: string }, AnswerError>> {
  const { actor } = ctx
  const item = await ctx.db.policyRunItem.findFirst({
    where: { runId, assetId, houseId: actor.houseId, outcome: 'asked' },
    include: { run: { select: { policy: { select: { reason: true } } } } },
  })
  if (!item) throw new Refusal('not-found', `no question about ${assetId}`)
  if (!isPerson(actor) || !may(actor, 'write')) throw new Refusal('forbidden', 'answer policy')
  // What may not be archived is not withdrawn on the way there either.
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ assetId: string }, AnswerError>> => {
    const [asset] = await lockAssets(tx, [assetId])
    const open = { runId, assetId, answer: null }
    if ((await tx.db.policyRunItem.count({ where: open })) === 0) return fail('answered-already')
    if (answer === 'archived') {
      const { reason } = item.run.policy
      if (asset?.state === 'PUBLISHED') await stepWithin(tx, [assetId], withdrawStep(tx, reason))
      const { refused } = await stepWithin(tx, [assetId], archiveStep(reason))
      if (refused.length > 0) return fail('stays')
    }
    await tx.db.policyRunItem.updateMany({ where: open, data: { answer, answeredById: actor.userId, answeredAt: tx.clock.now() } })
    return ok({ assetId })
  })
}
