import { isPerson } from '../kernel/actor.ts'
import { fail, type Failure } from '../kernel/result.ts'
import { instantOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { EmbargoError, ScheduleError } from './errors.ts'
import type { LockedAsset } from './lock.ts'
import { publishingFactsOf } from './publishing-facts.ts'
import { heldFromOf, resumeVerbs, takeBackVerbs, type HeldFrom } from './rules/asset-states.ts'
import { publishable } from './rules/publishable.ts'
import type { LifeCtx, Step } from './steps.ts'

/** What the house has settled about the ends of lives. */
export interface HouseLife {
  zone: string
  /** Days that something lies in the bin before its bytes are gone. */
  retentionDays: number
}
export const usualRetention = 30

/** The house's time zone and the time that its bin keeps. */
export async function houseLife(ctx: Ctx<'db' | 'actor'>): Promise<HouseLife> {
  const house = await ctx.db.organisation.findUniqueOrThrow({
    where: { id: ctx.actor.houseId },
    select: { timeZone: true, settings: true },
  })
  const days = (house.settings as { retentionDays?: unknown } | null)?.retentionDays
  return { zone: house.timeZone, retentionDays: typeof days === 'number' ? days : usualRetention }
}

/** Against those that may not be seen by the world as they stand: every reason at once. */
export async function unpublishable(tx: LifeCtx, assets: readonly LockedAsset[]): Promise<Map<string, Failure<'not-publishable'>>> {
  const facts = await publishingFactsOf(tx, assets, tx.clock.now())
  return new Map(
    assets.flatMap((asset) => {
      const of = facts.get(asset.id)
      const missing = of ? publishable(of) : []
      return missing.length > 0 ? [[asset.id, fail('not-publishable', missing)]] : []
    }),
  )
}

async function unapproved(tx: LifeCtx, assets: readonly LockedAsset[]): Promise<Map<string, Failure<'not-approved'>>> {
  const facts = await publishingFactsOf(tx, assets)
  return new Map(assets.flatMap(({ id }) => (facts.get(id)?.version?.approved ? [] : [[id, fail('not-approved')]])))
}

export const publishStep = (ctx: LifeCtx): Step<'not-publishable'> => ({
  act: 'publish',
  verb: 'publish',
  judge: unpublishable,
  publishes: () => true,
  change: () => ({ publishedAt: ctx.clock.now(), withdrawnAt: null, stateReason: null }),
  fact: ({ currentVersionId, audience }) => ({ type: 'asset.published', data: { versionId: currentVersionId, audience } }),
})

export const withdrawStep = (ctx: LifeCtx, reason: string): Step<never> => ({
  act: 'withdraw',
  verb: 'withdraw',
  change: () => ({ withdrawnAt: ctx.clock.now(), stateReason: reason }),
  fact: () => ({ type: 'asset.withdrawn', data: { reason } }),
  cancels: 'The asset was withdrawn.',
})

export const archiveStep = (reason: string): Step<never> => ({
  act: 'archive',
  verb: 'archive',
  change: () => ({ stateReason: reason }),
  fact: () => ({ type: 'asset.archived', data: { reason } }),
  cancels: 'The asset was archived.',
})

export const restoreStep: Step<never> = {
  act: 'restore',
  verb: 'restore',
  change: () => ({ stateReason: null, withdrawnAt: null }),
  fact: () => ({ type: 'asset.restored' }),
}

/** What was just ended, by a person or a rule, is what it was before. */
export const takeBackStep: Step<never> = {
  act: 'restore',
  verb: ({ endedFrom }) => (endedFrom ? (takeBackVerbs[endedFrom] ?? null) : null),
  change: () => ({ stateReason: null }),
  fact: ({ endedFrom }) => ({ type: 'asset.taken-back', data: { to: endedFrom } }),
}

/** Publication at a time of the house's clock, and its end at another. What could not be published today cannot be planned either. */
export function scheduleStep(
  ctx: LifeCtx,
  { zone }: HouseLife,
  { publishOn, unpublishOn }: { publishOn: string; unpublishOn: string | null },
): Step<ScheduleError> {
  const publishAt = instantOf(publishOn, zone)
  const unpublishAt = unpublishOn ? instantOf(unpublishOn, zone) : null
  return {
    act: 'schedule',
    verb: 'schedule',
    judge: async (tx, assets) => {
      if (publishAt <= ctx.clock.now()) return allOf(assets, fail('in-the-past'))
      if (unpublishAt && unpublishAt <= publishAt) return allOf(assets, fail('ends-before-it-begins'))
      return unpublishable(tx, assets)
    },
    change: () => ({ publishAt, unpublishAt, scheduleRefused: null, scheduleTriedAt: null, stateReason: null }),
    fact: () => ({
      type: 'asset.scheduled',
      data: { publishAt: publishAt.toISOString(), unpublishAt: unpublishAt?.toISOString() ?? null },
    }),
  }
}

const allOf = <E extends string>(assets: readonly LockedAsset[], failure: Failure<E>): Map<string, Failure<E>> =>
  new Map(assets.map(({ id }) => [id, failure]))

export const unscheduleStep: Step<never> = {
  act: 'schedule',
  verb: 'unschedule',
  fact: ({ publishAt }) => ({ type: 'asset.unscheduled', data: { publishAt: publishAt?.toISOString() ?? null } }),
}

/** Out of sight at once, with a reason and somebody who will end it. */
export const holdStep = (ctx: LifeCtx, { reason, ownerId }: { reason: string; ownerId?: string | undefined }): Step<never> => ({
  act: 'hold',
  verb: 'hold',
  change: ({ state }) => ({
    heldFrom: heldFromOf(state),
    heldById: ownerId ?? (isPerson(ctx.actor) ? ctx.actor.userId : null),
    stateReason: reason,
  }),
  fact: () => ({ type: 'asset.held', data: { reason, owner: ownerId ?? null } }),
  cancels: 'The asset was put on hold.',
})

/** Back to what it was. What would be seen by the world is judged anew: its record may have changed meanwhile. */
export const resumeStep: Step<'not-publishable'> = {
  act: 'hold',
  verb: ({ heldFrom }) => (heldFrom ? resumeVerbs[heldFrom as HeldFrom] : null),
  judge: (tx, assets) =>
    unpublishable(
      tx,
      assets.filter(({ heldFrom }) => heldFrom === 'PUBLISHED'),
    ),
  change: () => ({ stateReason: null }),
  fact: ({ heldFrom }) => ({ type: 'asset.resumed', data: { to: heldFrom } }),
}

/** Until a time nobody sees it but the librarians, the rights desk and the people who are named. */
export function embargoStep(
  ctx: LifeCtx,
  { zone }: HouseLife,
  { endsOn, becomes, people, reason }: { endsOn: string; becomes: 'APPROVED' | 'PUBLISHED'; people: string[]; reason: string },
): Step<EmbargoError> {
  const embargoEndsAt = instantOf(endsOn, zone)
  return {
    act: 'embargo',
    verb: 'embargo',
    // It ends as approved, so it must be that before: an embargo is no way around the reviewers.
    judge: async (tx, assets) => (embargoEndsAt <= ctx.clock.now() ? allOf(assets, fail('in-the-past')) : unapproved(tx, assets)),
    change: () => ({ embargoEndsAt, embargoThen: becomes, embargoFor: people, stateReason: reason }),
    fact: () => ({ type: 'asset.embargoed', data: { endsAt: embargoEndsAt.toISOString(), becomes, people, reason } }),
    cancels: 'The asset was put under an embargo.',
  }
}

/** The embargo ends as it said. What cannot be published then waits as a publication that is due. */
export const endEmbargoStep = (ctx: LifeCtx, becomes: 'publish' | 'schedule' | 'liftEmbargo'): Step<'not-publishable'> => ({
  act: 'embargo',
  verb: ({ state }) => (state === 'EMBARGOED' ? becomes : null),
  ...(becomes === 'publish' ? { judge: unpublishable } : {}),
  publishes: () => becomes === 'publish',
  change: ({ embargoEndsAt }) => ({
    stateReason: null,
    ...(becomes === 'publish' ? { publishedAt: ctx.clock.now(), withdrawnAt: null } : {}),
    ...(becomes === 'schedule' ? { publishAt: embargoEndsAt ?? ctx.clock.now() } : {}),
  }),
  fact: ({ currentVersionId, audience }) =>
    becomes === 'publish'
      ? { type: 'asset.published', data: { versionId: currentVersionId, audience, embargoEnded: true } }
      : { type: 'asset.embargo-ended' },
})

/** Past its end of use: like withdrawn, and known why. */
export const expireStep = (ctx: LifeCtx, reason: string): Step<never> => ({
  act: 'expire',
  verb: 'expire',
  change: ({ state }) => ({ stateReason: reason, ...(state === 'PUBLISHED' ? { withdrawnAt: ctx.clock.now() } : {}) }),
  fact: () => ({ type: 'asset.expired', data: { reason } }),
  cancels: 'Its use has ended.',
})

const day = 86_400_000

/** Into the bin, for the house's retention time. */
export const deleteStep = (ctx: LifeCtx, { retentionDays }: HouseLife, reason: string): Step<never> => {
  const deletedAt = ctx.clock.now()
  const purgeAt = new Date(deletedAt.getTime() + retentionDays * day)
  return {
    act: 'delete',
    verb: 'delete',
    change: () => ({ deletedAt, purgeAt, stateReason: reason }),
    fact: () => ({ type: 'asset.deleted', data: { reason, purgeAt: purgeAt.toISOString() } }),
    cancels: 'The asset was deleted.',
  }
}
