import { recordAll } from '../compliance/record.ts'
import type { Failure } from '../kernel/result.ts'
import type { Context } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { endEmbargoStep, expireStep, publishStep, withdrawStep } from './life-steps.ts'
import { stepWithin, type LifeCtx, type RefusedAsset } from './steps.ts'

type Due = Pick<Context, 'db' | 'clock' | 'actor'>
/** One transaction's worth. */
const batch = 200
/** A publication that is due and may not be is looked at again after this long: what is missing may have been written meanwhile. */
const againAfter = 5 * 60_000

export interface DueDone {
  published: number
  refused: number
  withdrawn: number
  embargoesEnded: number
  expired: number
}

/**
 * What the clock brings to the assets of one house, minute by minute: ends of use first (what has ended is not published any
 * more; under an embargo only once that is over), then ends of embargoes, publications and their ends. Each batch is locked row by row, leaving out what somebody
 * else has in hand; run twice, or by two at once, it does everything once.
 */
export async function runDue(ctx: Due): Promise<DueDone> {
  const now = ctx.clock.now()
  const expired = await inBatches(
    ctx,
    Prisma.sql`use_ends_at <= ${now} AND state IN ('APPROVED', 'SCHEDULED', 'PUBLISHED', 'WITHDRAWN')`,
    async (tx, ids) => (await stepWithin(tx, ids, expireStep(tx, 'The end of use that was set for it has come.'))).done.length,
  )
  const approved = await inBatches(
    ctx,
    Prisma.sql`state = 'EMBARGOED' AND embargo_then = 'APPROVED' AND embargo_ends_at <= ${now}`,
    async (tx, ids) => (await stepWithin(tx, ids, endEmbargoStep(tx, 'liftEmbargo'))).done.length,
  )
  let refused = 0
  const opened = await inBatches(
    ctx,
    Prisma.sql`state = 'EMBARGOED' AND embargo_then = 'PUBLISHED' AND embargo_ends_at <= ${now}`,
    async (tx, ids) => {
      const shown = await stepWithin(tx, ids, endEmbargoStep(tx, 'publish'))
      const late = shown.refused.filter(({ error }) => error === 'not-publishable')
      // The embargo is over either way. What may not be shown yet waits as a publication that is due, and says why.
      if (late.length > 0) {
        const waiting = await stepWithin(
          tx,
          late.map(({ id }) => id),
          endEmbargoStep(tx, 'schedule'),
        )
        refused += await sayWhyNot(
          tx,
          late.filter(({ id }) => waiting.done.includes(id)),
        )
      }
      return shown.done.length + late.length
    },
  )
  const published = await inBatches(
    ctx,
    Prisma.sql`state = 'SCHEDULED' AND publish_at <= ${now} AND (schedule_tried_at IS NULL OR schedule_tried_at <= ${new Date(now.getTime() - againAfter)})`,
    async (tx, ids) => {
      const shown = await stepWithin(tx, ids, planned(tx))
      refused += await sayWhyNot(tx, shown.refused)
      return ids.length
    },
  )
  const withdrawn = await inBatches(ctx, Prisma.sql`state = 'PUBLISHED' AND unpublish_at <= ${now}`, async (tx, ids) => {
    const taken = await stepWithin(tx, ids, withdrawStep(tx, 'The end of its publication has come, as planned.'))
    return taken.done.length
  })
  return { published: published - refused, refused, withdrawn, embargoesEnded: approved + opened, expired }
}

/** A publication that comes so late that its end has passed too is none: a person decides what becomes of it. */
const planned = (tx: LifeCtx) => {
  const step = publishStep(tx)
  return {
    ...step,
    judge: async (inner: LifeCtx, assets: Parameters<NonNullable<typeof step.judge>>[1]) => {
      const against: Map<string, Failure<'not-publishable'>> = (await step.judge?.(inner, assets)) ?? new Map()
      for (const { id, unpublishAt } of assets)
        if (unpublishAt && unpublishAt <= tx.clock.now())
          against.set(id, { ok: false, error: 'not-publishable', detail: ['The end of its publication has passed as well: plan it anew.'] })
      return against
    },
  }
}

/** Batches until none is left that is due and free. */
async function inBatches(ctx: Due, due: Prisma.Sql, work: (tx: LifeCtx, ids: string[]) => Promise<number>): Promise<number> {
  for (let done = 0; ;) {
    const { found, worked } = await inTransaction(
      ctx,
      async (tx) => {
        const rows = await tx.db.$queryRaw<{ id: string }[]>`
          SELECT id FROM assets WHERE house_id = ${tx.actor.houseId} AND ${due} ORDER BY no LIMIT ${batch} FOR UPDATE SKIP LOCKED`
        const ids = rows.map(({ id }) => id)
        return { found: ids.length, worked: ids.length > 0 ? await work(tx, ids) : 0 }
      },
      { timeout: 60_000 },
    )
    done += worked
    if (found < batch) return done
  }
}

/** It stays planned, with the reason beside it. The reason is a fact only when it is a new one: librarians get one letter about it, not one a minute. */
async function sayWhyNot(tx: LifeCtx, refused: readonly RefusedAsset<'not-publishable'>[]): Promise<number> {
  if (refused.length === 0) return 0
  const at = tx.clock.now()
  const reasons = refused.map(({ id, title, detail }) => ({ id, title, reason: (Array.isArray(detail) ? detail : []).join(' ') }))
  const before = await tx.db.asset.findMany({
    where: { id: { in: reasons.map(({ id }) => id) } },
    select: { id: true, scheduleRefused: true },
  })
  const said = new Map(before.map(({ id, scheduleRefused }) => [id, scheduleRefused]))
  await tx.db.$executeRaw`
    UPDATE assets SET schedule_refused = r.reason, schedule_tried_at = ${at}
    FROM unnest(${reasons.map(({ id }) => id)}::text[], ${reasons.map(({ reason }) => reason)}::text[]) AS r (id, reason) WHERE assets.id = r.id`
  await recordAll(
    tx,
    reasons
      .filter(({ id, reason }) => said.get(id) !== reason)
      .map(({ id, title, reason }) => ({ type: 'asset.schedule-refused', subject: { kind: 'asset', id }, data: { title, reason } })),
  )
  return refused.length
}
