import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf } from '../kernel/page.ts'
import { namesOf } from '../assets/views.ts'
import { isPerson } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import { expiryOfHouse } from './ended-rights.ts'
import { may } from './policy.ts'
import { policyPreview } from './preview.ts'
import { inWords } from './rules/policy-rule.ts'
import { cutOffBefore, undoableFor } from './runs.ts'
import { policyRule } from './schema.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>
const pageSize = 50

const mustSee = ({ actor }: Reading) => {
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'policies')
}
const zoneOf = async (ctx: Reading) =>
  (await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })).timeZone

/** The house's policies, and what they ask of a librarian. */
export async function policiesPage(ctx: Reading) {
  mustSee(ctx)
  const { houseId } = ctx.actor
  const [rows, questions, zone, expiry] = await Promise.all([
    ctx.db.lifePolicy.findMany({
      where: { houseId },
      include: { runs: { orderBy: { startedAt: 'desc' }, take: 1 } },
      orderBy: [{ state: 'asc' }, { createdAt: 'desc' }],
      take: 200,
    }),
    ctx.db.policyRunItem.findMany({
      where: { houseId, outcome: 'asked', answer: null, asset: { purgedAt: null } },
      include: {
        asset: { select: { id: true, title: true, state: true, currentVersionId: true } },
        run: { select: { policy: { select: { name: true } } } },
      },
      orderBy: [{ at: 'asc' }, { assetId: 'asc' }],
      take: pageSize,
    }),
    zoneOf(ctx),
    expiryOfHouse(ctx),
  ])
  return {
    policies: rows.map(({ id, name, action, state, rule, runs: [last] }) => ({
      id,
      name,
      action,
      state,
      words: inWords(action, policyRule.parse(rule)),
      last: last ? { startedAt: last.startedAt, done: last.done, spared: last.spared } : null,
    })),
    questions: questions.map(({ runId, asset, since, run }) => ({ runId, asset, since, policy: run.policy.name })),
    zone,
    expiry,
    mayWrite: may(ctx.actor, 'write'),
    maySetExpiry: may(ctx.actor, 'set-retention'),
  }
}

/** Whether somebody may take a run back, or what is left of one whose undoing was cut off. */
const mayTakeBack = (
  ctx: Reading,
  action: string,
  { startedAt, endedAt, done, undoneAt }: { startedAt: Date; endedAt: Date | null; done: number; undoneAt: Date | null },
  halfUndone: boolean,
): boolean =>
  may(ctx.actor, 'write') &&
  done > 0 &&
  endedAt !== null &&
  action !== 'ASK' &&
  action !== 'NOTIFY' &&
  (undoneAt === null
    ? ctx.clock.now().getTime() - startedAt.getTime() <= undoableFor
    : halfUndone && undoneAt < cutOffBefore(ctx))

/** One policy: its words, what it would do now, what it did, and who stands behind it. */
export async function policyPage(ctx: Reading, policyId: string, after?: string) {
  mustSee(ctx)
  const { actor } = ctx
  const row = await ctx.db.lifePolicy.findFirst({
    where: { id: policyId, houseId: actor.houseId },
    include: { runs: { orderBy: { startedAt: 'desc' }, take: 20 } },
  })
  if (!row) throw new Refusal('not-found', `no policy ${policyId}`)
  const rule = policyRule.parse(row.rule)
  const undoing = row.runs.flatMap(({ id, undoneAt }) => (undoneAt ? [id] : []))
  const [left, preview, names, zone] = await Promise.all([
    ctx.db.policyRunItem.groupBy({ by: ['runId'], where: { runId: { in: undoing }, outcome: 'done' } }),
    policyPreview(ctx, policyId, after),
    namesOf(ctx, [row.createdById, row.changedById, row.approvedById, ...row.runs.map(({ undoneById }) => undoneById)]),
    zoneOf(ctx),
  ])
  const mayWrite = may(actor, 'write')
  const own = isPerson(actor) && row.changedById === actor.userId
  const halfUndone = new Set(left.map(({ runId }) => runId))
  return {
    id: row.id,
    name: row.name,
    action: row.action,
    reason: row.reason,
    state: row.state,
    words: inWords(row.action, rule),
    rule,
    changedAt: row.changedAt,
    changedBy: names.get(row.changedById) ?? 'Somebody',
    approvedBy: row.approvedById ? (names.get(row.approvedById) ?? 'Somebody') : null,
    approvedAt: row.approvedAt,
    preview,
    runs: row.runs.map(({ id, startedAt, startedBy, endedAt, done, spared, undoneAt, undoneById }) => ({
      id,
      startedAt,
      startedBy,
      endedAt,
      done,
      spared,
      undoneAt,
      undoneBy: undoneById ? (names.get(undoneById) ?? 'Somebody') : null,
      halfUndone: halfUndone.has(id),
      mayUndo: mayTakeBack(ctx, row.action, { startedAt, endedAt, done, undoneAt }, halfUndone.has(id)),
    })),
    zone,
    may: {
      write: mayWrite && row.state !== 'ENDED',
      activate: mayWrite && (row.state === 'DRAFT' || row.state === 'PAUSED'),
      approve: mayWrite && row.state === 'WAITING' && !own,
      waitsForOther: row.state === 'WAITING' && own,
      pause: mayWrite && row.state === 'ACTIVE',
      run: mayWrite && row.state === 'ACTIVE',
    },
  }
}

/** What a run did, asset by asset. */
export async function runPage(ctx: Reading, runId: string, after?: string) {
  mustSee(ctx)
  const { houseId } = ctx.actor
  const run = await ctx.db.policyRun.findFirst({
    where: { id: runId, houseId },
    include: { policy: { select: { id: true, name: true, action: true } } },
  })
  if (!run) throw new Refusal('not-found', `no run ${runId}`)
  const from = decodeCursor(after)
  const rows = await ctx.db.policyRunItem.findMany({
    where: { runId, ...(from ? { OR: [{ since: { gt: from.at } }, { since: from.at, assetId: { gt: from.id } }] } : {}) },
    include: { asset: { select: { id: true, title: true, state: true } } },
    orderBy: [{ since: 'asc' }, { assetId: 'asc' }],
    take: pageSize + 1,
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.since, row.assetId))
  const counts = await ctx.db.policyRunItem.groupBy({ by: ['outcome'], where: { runId }, _count: true })
  const count = (outcome: string): number => counts.find((one) => one.outcome === outcome)?._count ?? 0
  return {
    run: {
      id: run.id,
      startedAt: run.startedAt,
      startedBy: run.startedBy,
      done: run.done,
      spared: run.spared,
      undoneAt: run.undoneAt,
      undone: count('undone'),
      notUndone: count('not-undone'),
      /** Not taken back yet. */
      waiting: run.undoneAt ? count('done') : 0,
      mayUndo: mayTakeBack(ctx, run.policy.action, run, count('done') > 0),
    },
    policy: { id: run.policy.id, name: run.policy.name },
    items: page.items.map(({ asset, outcome, fromState, since, answer }) => ({ asset, outcome, fromState, since, answer })),
    next: page.next,
    zone: await zoneOf(ctx),
  }
}

/** What a form for a policy offers. */
export async function policyChoices(ctx: Reading) {
  mustSee(ctx)
  const { houseId } = ctx.actor
  const [collections, fields] = await Promise.all([
    ctx.db.collection.findMany({
      where: { houseId, archivedAt: null },
      select: { id: true, title: true },
      orderBy: { position: 'asc' },
      take: 500,
    }),
    ctx.db.ownField.findMany({
      where: { houseId, retiredAt: null },
      select: { id: true, label: true },
      orderBy: { label: 'asc' },
      take: 500,
    }),
  ])
  return { collections, fields }
}
