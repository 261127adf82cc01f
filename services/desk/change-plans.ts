import { record } from '../compliance/record.ts'
import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { DraftError, DropError, RedrawError } from './change-errors.ts'
import { assetsOf, basisOf, mostAssets, type ChangedAsset } from './change-ground.ts'
import { previewOf, type Preview } from './change-impact.ts'
import { insertItems, type KeptDecision } from './change-items.ts'
import { mayChangeUpstream } from './change-policy.ts'
import type { DraftChange } from './change-schema.ts'
import type { UpstreamChange } from './rules/change.ts'
import { decidable } from './rules/change-item.ts'
import { changeStates } from './rules/change-states.ts'
import { fits } from './rules/change-decisions.ts'

type Desk = Ctx<'db' | 'clock' | 'actor'>
/** Tens of thousands of lines are written in one step; on a busy machine that takes longer than other work may. */
const aLot = 60_000

interface Drawn extends Preview {
  assets: ChangedAsset[]
  basis: string
}

/**
 * The ground is hashed before it is read: what moves in between is found when the plan is applied, and never the other way
 * round.
 */
async function draw(ctx: Desk, change: UpstreamChange): Promise<Result<Drawn, 'nothing-cites-it' | 'too-many-assets' | 'nothing-changes'>> {
  const assets = await assetsOf(ctx, change.source)
  if (assets.length === 0) return fail('nothing-cites-it')
  if (assets.length > mostAssets) return fail('too-many-assets', { most: mostAssets })
  const basis = await basisOf(ctx, assets)
  const preview = await previewOf(ctx, change, assets)
  return preview.changing === 0 ? fail('nothing-changes') : ok({ ...preview, assets, basis })
}

/** Draw up a plan: everything that hangs on the change, with a proposal for each line. Nothing happens by it. */
export async function draftChange(
  ctx: Desk,
  { change, reason, holderWords }: DraftChange,
): Promise<Result<{ planId: string }, DraftError>> {
  if (!mayChangeUpstream(ctx.actor)) throw new Refusal('forbidden', 'draft a change')
  const told = holderWords.toLocaleLowerCase('en')
  const secrets = await secretsOf(ctx, change)
  if (secrets.some((secret) => told.includes(secret.toLocaleLowerCase('en')))) return fail('names-the-contract')
  const drawn = await draw(ctx, change)
  if (!drawn.ok) return drawn
  const { assets, basis, lines, summary } = drawn.value
  const at = ctx.clock.now()
  const planId = newId('chg', at)
  const { actor } = ctx
  return inTransaction(
    ctx,
    async (tx) => {
      await tx.db.changePlan.create({
        data: {
          id: planId,
          houseId: actor.houseId,
          kind: change.kind,
          reference: referenceOf(change),
          change: { ...change } as object,
          reason,
          holderWords,
          state: 'DRAFT',
          assetCount: assets.length,
          itemCount: lines.length,
          basisSha256: basis,
          summary: { ...summary } as object,
          createdAt: at,
          createdById: actor.userId,
          drawnAt: at,
        },
      })
      await insertItems(tx, planId, lines, new Map())
      await record(tx, {
        type: 'change.drafted',
        subject: { kind: 'change', id: planId },
        data: {
          kind: change.kind,
          reference: referenceOf(change),
          reason,
          assets: assets.length,
          lines: lines.length,
          change: change as unknown as Json,
        },
      })
      return ok({ planId })
    },
    { timeout: aLot },
  )
}

/** The paper that changes; of a ban over chosen assets, its own reference or reason. */
const referenceOf = (change: UpstreamChange): string =>
  change.source.reference || (change.kind === 'BAN' ? (change.reference ?? change.reason) : '')

/** What no letter may say: the paper's name, and whose it is. */
async function secretsOf({ db, actor }: Desk, change: UpstreamChange): Promise<string[]> {
  const { by, reference } = change.source
  if (by !== 'contract') return reference ? [reference] : []
  const contract = await db.contract.findFirst({ where: { houseId: actor.houseId, reference }, select: { licensor: true } })
  return [reference, ...(contract && contract.licensor.length > 3 ? [contract.licensor] : [])]
}

export interface Redrawn {
  planId: string
  /** Decisions that still fit, and lines that wait for one. */
  kept: number
  open: number
}

/** Draw a draft up anew on the ground as it is: decisions stay with the lines that they were taken for, where they still fit. */
export async function redrawChange(ctx: Desk, { planId }: { planId: string }): Promise<Result<Redrawn, RedrawError>> {
  if (!mayChangeUpstream(ctx.actor)) throw new Refusal('forbidden', 'redraw a change')
  const plan = await ctx.db.changePlan.findFirst({
    where: { id: planId, houseId: ctx.actor.houseId },
    select: { change: true, state: true },
  })
  if (!plan) throw new Refusal('not-found', `no change ${planId}`)
  if (!changeStates.after(plan.state, 'redraw')) return fail('not-a-draft')
  const drawn = await draw(ctx, plan.change as unknown as UpstreamChange)
  if (!drawn.ok) return drawn
  const { assets, basis, lines, summary } = drawn.value
  return inTransaction(
    ctx,
    async (tx) => {
      const { count } = await tx.db.changePlan.updateMany({
        where: { id: planId, state: { in: changeStates.whence('redraw') } },
        data: {
          assetCount: assets.length,
          itemCount: lines.length,
          basisSha256: basis,
          summary: { ...summary } as object,
          drawnAt: tx.clock.now(),
        },
      })
      if (count === 0) return fail('not-a-draft')
      const decided = await tx.db.changeItem.findMany({
        where: { planId, decision: { not: null }, kind: { not: 'HOLD' } },
        select: { kind: true, subjectId: true, decision: true, note: true, decidedById: true, decidedAt: true, lost: true },
      })
      const before = new Map(decided.map((item) => [`${item.kind} ${item.subjectId}`, item] as const))
      const kept = new Map<string, KeptDecision>()
      for (const { kind, subjectId, facts } of lines) {
        const old = before.get(`${kind} ${subjectId}`)
        // A loss that became whole, or is only in part now, is another question than the one that was answered.
        const same = (old?.lost as { whole?: boolean } | undefined)?.whole === facts.whole
        if (old?.decision && same && fits(kind, old.decision, decidable(facts)))
          kept.set(`${kind} ${subjectId}`, { ...old, decision: old.decision })
      }
      await tx.db.changeItem.deleteMany({ where: { planId } })
      await insertItems(tx, planId, lines, kept)
      const open = lines.filter(({ kind, subjectId, decision }) => decision === null && !kept.has(`${kind} ${subjectId}`)).length
      await record(tx, {
        type: 'change.redrawn',
        subject: { kind: 'change', id: planId },
        data: { assets: assets.length, lines: lines.length, kept: kept.size, open },
      })
      return ok({ planId, kept: kept.size, open })
    },
    { timeout: aLot },
  )
}

/** Throw a draft away. It stays on record, and nothing has happened. */
export async function dropChange(ctx: Desk, { planId }: { planId: string }): Promise<Result<{ planId: string }, DropError>> {
  if (!mayChangeUpstream(ctx.actor)) throw new Refusal('forbidden', 'drop a change')
  const plan = await ctx.db.changePlan.findFirst({ where: { id: planId, houseId: ctx.actor.houseId }, select: { id: true } })
  if (!plan) throw new Refusal('not-found', `no change ${planId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.changePlan.updateMany({
      where: { id: planId, state: { in: changeStates.whence('drop') } },
      data: { state: 'DROPPED' },
    })
    if (count === 0) return fail('not-a-draft')
    await record(tx, { type: 'change.dropped', subject: { kind: 'change', id: planId } })
    return ok({ planId })
  })
}
