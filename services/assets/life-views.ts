import { Refusal } from '../kernel/errors.ts'
import { dayOf, wallTimeOf } from '../kernel/period.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { houseLife } from './life-steps.ts'
import { may, mayOpenBytes } from './policy.ts'
import { assetStates, heldFromOf, type AssetVerb } from './rules/asset-states.ts'
import { isLifeFact, lifeFacts, type LifeFact, type Planned } from './rules/life-words.ts'
import { sealedTitle } from './rules/sealing.ts'
import { namesOf } from './views.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>
const steps = 100

/** The life of one asset: what was, what is planned, what keeps it, and what may be done now. */
export async function lifePage(ctx: Reading, assetId: string) {
  const { actor } = ctx
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'life')
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: actor.houseId }, omit: { no: true, customFields: true } })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const [{ zone, retentionDays }, holds, facts, staff] = await Promise.all([
    houseLife(ctx),
    ctx.db.legalHold.findMany({
      where: { assetId, houseId: actor.houseId },
      orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
    }),
    ctx.db.auditFact.findMany({
      where: { subjectKind: 'asset', subjectId: assetId, houseId: actor.houseId, type: { in: Object.keys(lifeFacts) } },
      select: { id: true, at: true, type: true, actorName: true, body: true },
      orderBy: { link: { seq: 'desc' } },
      take: steps,
    }),
    ctx.db.member.findMany({
      where: { orgId: actor.houseId, endedAt: null },
      select: { user: { select: { id: true, name: true } } },
      orderBy: { user: { name: 'asc' } },
      take: 200,
    }),
  ])
  const names = await namesOf(ctx, [
    asset.heldById,
    ...asset.embargoFor,
    ...holds.flatMap(({ setById, releasedById }) => [setById, releasedById]),
  ])
  const sealed = !mayOpenBytes(actor, asset)
  // Why something is done says what it is: of a sealed asset only until when, and who.
  const unlessSealed = <T>(words: T): T | null => (sealed ? null : words)
  const knows = (verb: AssetVerb) => assetStates.after(asset.state, verb) !== undefined && !asset.purgedAt
  return {
    id: asset.id,
    title: sealed ? sealedTitle : asset.title,
    state: asset.state,
    stateReason: unlessSealed(asset.stateReason),
    scheduleRefused: asset.scheduleRefused,
    heldFrom: asset.heldFrom,
    heldBy: asset.heldById ? (names.get(asset.heldById) ?? null) : null,
    embargo: asset.embargoEndsAt && {
      endsAt: asset.embargoEndsAt,
      becomes: asset.embargoThen ?? 'APPROVED',
      people: asset.embargoFor.map((id) => ({ id, name: names.get(id) ?? 'Somebody' })),
    },
    purgeAt: asset.purgeAt,
    purgedAt: asset.purgedAt,
    legalHold: asset.legalHold,
    zone,
    retentionDays,
    /** As the forms write times: on the house's wall. */
    written: {
      now: wallTimeOf(ctx.clock.now(), zone),
      publishOn: asset.publishAt && wallTimeOf(asset.publishAt, zone),
      unpublishOn: asset.unpublishAt && wallTimeOf(asset.unpublishAt, zone),
      embargoEndsOn: asset.embargoEndsAt && wallTimeOf(asset.embargoEndsAt, zone),
      useEndsOn: asset.useEndsAt && dayOf(new Date(asset.useEndsAt.getTime() - 1), zone),
    },
    planned: plannedOf(asset),
    past: facts.flatMap((fact) =>
      isLifeFact(fact.type) ? [{ ...stepOf({ ...fact, type: fact.type }), ...(sealed && { reason: null, matter: null }) }] : [],
    ),
    holds: holds.map(({ id, matter, reason, stopsDelivery, setAt, setById, releasedAt, releasedById, releaseReason }) => ({
      id,
      matter: unlessSealed(matter) ?? 'A legal matter',
      reason: unlessSealed(reason) ?? '',
      stopsDelivery,
      setAt,
      setBy: names.get(setById) ?? 'Somebody',
      releasedAt,
      releasedBy: releasedById ? (names.get(releasedById) ?? 'Somebody') : null,
      releaseReason: unlessSealed(releaseReason),
    })),
    staff: staff.map(({ user }) => user),
    sealed,
    may: {
      schedule: knows('schedule') && asset.state !== 'EMBARGOED' && may(actor, 'schedule'),
      unschedule: knows('unschedule') && may(actor, 'schedule'),
      planEnd: asset.state === 'PUBLISHED' && may(actor, 'schedule'),
      hold: heldFromOf(asset.state) !== null && may(actor, 'hold'),
      resume: asset.state === 'ON_HOLD' && may(actor, 'hold'),
      embargo: knows('embargo') && may(actor, 'embargo'),
      endEmbargo: knows('liftEmbargo') && may(actor, 'embargo'),
      useEnd: !knows('restore') && !asset.purgedAt && may(actor, 'expire'),
      expire: knows('expire') && may(actor, 'expire'),
      withdraw: knows('withdraw') && may(actor, 'withdraw'),
      archive: knows('archive') && !asset.legalHold && asset.heldFrom !== 'EMBARGOED' && may(actor, 'archive'),
      delete: knows('delete') && !asset.legalHold && asset.heldFrom !== 'EMBARGOED' && may(actor, 'delete'),
      restore: knows('restore') && may(actor, 'restore'),
      legalHold: !asset.purgedAt && may(actor, 'legal-hold'),
      evidence: may(actor, 'legal-hold'),
    },
  }
}
export type LifePage = Awaited<ReturnType<typeof lifePage>>

interface Plans {
  publishAt: Date | null
  unpublishAt: Date | null
  embargoEndsAt: Date | null
  useEndsAt: Date | null
  purgeAt: Date | null
  purgedAt: Date | null
}

/** What the clock will bring, the soonest first. */
function plannedOf({ publishAt, unpublishAt, embargoEndsAt, useEndsAt, purgeAt, purgedAt }: Plans): { what: Planned; at: Date }[] {
  const all: [Planned, Date | null][] = [
    ['publish', publishAt],
    ['unpublish', unpublishAt],
    ['embargo-ends', embargoEndsAt],
    ['use-ends', useEndsAt],
    ['purge', purgedAt ? null : purgeAt],
  ]
  return all.flatMap(([what, at]) => (at ? [{ what, at }] : [])).sort((a, b) => a.at.getTime() - b.at.getTime())
}

function stepOf({ id, at, type, actorName, body }: { id: string; at: Date; type: LifeFact; actorName: string; body: string }) {
  const { data } = JSON.parse(body) as { data: { reason?: unknown; matter?: unknown } }
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  return { id, at, type, by: actorName, reason: text(data.reason), matter: text(data.matter) }
}

const pageSize = 40

export interface Binned {
  id: string
  title: string
  deletedAt: Date
  purgeAt: Date
  purgedAt: Date | null
  reason: string | null
  legalHold: boolean
  versionId: string | null
}

/** What lies in the bin, what goes first on top; what is purged is listed apart, as a record. */
export async function binPage(ctx: Reading, { after, purged = false }: { after?: string | undefined; purged?: boolean | undefined }) {
  const { actor } = ctx
  if (!may(actor, 'delete') && !may(actor, 'legal-hold')) throw new Refusal('forbidden', 'bin')
  const from = decodeCursor(after)
  const where = { houseId: actor.houseId, state: 'DELETED' as const, purgedAt: purged ? { not: null } : null }
  const later = from ? { OR: [{ purgeAt: { gt: from.at } }, { purgeAt: from.at, id: { gt: from.id } }] } : {}
  const [rows, total, gone, house] = await Promise.all([
    ctx.db.asset.findMany({
      where: { ...where, ...later },
      select: {
        id: true,
        title: true,
        deletedAt: true,
        purgeAt: true,
        purgedAt: true,
        stateReason: true,
        legalHold: true,
        currentVersionId: true,
      },
      orderBy: [{ purgeAt: 'asc' }, { id: 'asc' }],
      take: pageSize + 1,
    }),
    ctx.db.asset.count({ where: { houseId: actor.houseId, state: 'DELETED', purgedAt: null } }),
    ctx.db.asset.count({ where: { houseId: actor.houseId, state: 'DELETED', purgedAt: { not: null } } }),
    houseLife(ctx),
  ])
  const page: Page<(typeof rows)[number]> = pageOf(rows, pageSize, (row) => encodeCursor(row.purgeAt ?? new Date(0), row.id))
  return {
    items: page.items.flatMap(({ id, title, deletedAt, purgeAt, purgedAt, stateReason, legalHold, currentVersionId }): Binned[] =>
      deletedAt && purgeAt
        ? [{ id, title, deletedAt, purgeAt, purgedAt, reason: stateReason, legalHold, versionId: currentVersionId }]
        : [],
    ),
    next: page.next,
    total,
    gone,
    now: ctx.clock.now(),
    ...house,
    mayRestore: may(actor, 'restore'),
  }
}

/** The open legal matters and what each keeps; released ones on demand. */
export async function holdsPage(ctx: Reading, { after, released = false }: { after?: string | undefined; released?: boolean | undefined }) {
  const { actor } = ctx
  if (!may(actor, 'see')) throw new Refusal('forbidden', 'legal holds')
  const from = decodeCursor(after)
  const where = { houseId: actor.houseId, releasedAt: released ? { not: null } : null }
  const later = from ? { OR: [{ setAt: { lt: from.at } }, { setAt: from.at, id: { lt: from.id } }] } : {}
  const [rows, matters, { zone }] = await Promise.all([
    ctx.db.legalHold.findMany({
      where: { ...where, ...later },
      include: { asset: { select: { id: true, title: true, state: true, currentVersionId: true } } },
      orderBy: [{ setAt: 'desc' }, { id: 'desc' }],
      take: pageSize + 1,
    }),
    ctx.db.legalHold.groupBy({
      by: ['matter'],
      where: { houseId: actor.houseId, releasedAt: null },
      _count: true,
      orderBy: { matter: 'asc' },
      take: 100,
    }),
    houseLife(ctx),
  ])
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.setAt, row.id))
  const names = await namesOf(
    ctx,
    page.items.flatMap(({ setById, releasedById }) => [setById, releasedById]),
  )
  return {
    items: page.items.map(({ id, matter, reason, stopsDelivery, setAt, setById, releasedAt, releaseReason, asset }) => ({
      id,
      matter,
      reason,
      stopsDelivery,
      setAt,
      setBy: names.get(setById) ?? 'Somebody',
      releasedAt,
      releaseReason,
      asset,
    })),
    next: page.next,
    matters: matters.map(({ matter, _count }) => ({ matter, assets: _count })),
    zone,
    mayRelease: may(actor, 'legal-hold'),
  }
}

/** All that the house knows of an asset, for a court or an auditor: facts as they stand in the trail, with their links, and the hashes of its bytes. */
export async function evidenceOf(ctx: Reading, assetId: string) {
  const { actor } = ctx
  const asset = await ctx.db.asset.findFirst({ where: { id: assetId, houseId: actor.houseId }, omit: { no: true, exclusivityNo: true } })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  if (!may(actor, 'legal-hold')) throw new Refusal('forbidden', 'evidence')
  const { houseId } = actor
  const [versions, holds, facts, licences, deliveries, purged] = await Promise.all([
    ctx.db.assetVersion.findMany({
      where: { assetId, houseId },
      select: {
        id: true,
        number: true,
        fileName: true,
        mediaType: true,
        byteSize: true,
        sha256: true,
        createdAt: true,
        createdById: true,
        purgedAt: true,
        renditions: { select: { preset: true, sha256: true, byteSize: true } },
      },
      orderBy: { number: 'asc' },
    }),
    ctx.db.legalHold.findMany({ where: { assetId, houseId }, omit: { houseId: true }, orderBy: { setAt: 'asc' } }),
    ctx.db.auditFact.findMany({
      where: { subjectKind: 'asset', subjectId: assetId, houseId },
      select: { body: true, link: { select: { seq: true, hash: true, prevHash: true } } },
      orderBy: { link: { seq: 'asc' } },
      take: 10_000,
    }),
    ctx.db.licence.findMany({
      where: { assetId, houseId, issuedAt: { not: null } },
      select: { number: true, state: true, startsAt: true, endsAt: true, issuedAt: true, documentSha256: true, versionId: true },
      orderBy: { issuedAt: 'asc' },
    }),
    ctx.db.delivery.findMany({
      where: { assetId, houseId, outcome: 'SERVED' },
      select: { at: true, personName: true, rendition: true, fileSha256: true, licenceId: true, versionId: true },
      orderBy: { at: 'asc' },
      take: 10_000,
    }),
    ctx.db.purgedObject.findMany({
      where: { assetId, houseId },
      select: { versionId: true, preset: true, sha256: true, outcome: true, endedAt: true },
    }),
  ])
  const plain = (size: bigint) => Number(size)
  return {
    made: ctx.clock.now(),
    asset,
    versions: versions.map(({ byteSize, renditions, ...version }) => ({
      ...version,
      byteSize: plain(byteSize),
      renditions: renditions.map((rendition) => ({ ...rendition, byteSize: plain(rendition.byteSize) })),
    })),
    legalHolds: holds,
    facts: facts.map(({ body, link }) => ({
      fact: JSON.parse(body) as unknown,
      link: link && { seq: String(link.seq), hash: link.hash, previous: link.prevHash },
    })),
    licences,
    deliveries,
    purged,
  }
}
