import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { lockAsset } from '../assets/lock.ts'
import { previewPresets } from '../assets/rules/rendition-plan.ts'
import { record } from '../compliance/record.ts'
import type { Context } from '../platform/context.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { previewKey } from '../platform/storage/keys.ts'
import type { PurgeError } from './errors.ts'
import { may } from './policy.ts'

type Purging = Ctx<'db' | 'clock' | 'actor'>
const part = 100

/**
 * Take the bytes of one asset of the bin away for good. The record stays as a tombstone with its facts. What somebody was
 * licensed keeps its original as evidence of what was licensed; renditions go, they can be made again from it. The database
 * refuses this under a legal hold, whoever asks.
 */
export async function purgeAsset(
  ctx: Purging,
  { assetId }: { assetId: string },
): Promise<Result<{ objects: number; kept: number }, PurgeError>> {
  const { actor } = ctx
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (actor.kind !== 'system' && !may(actor, 'purge')) throw new Refusal('forbidden', 'purge')
    const at = tx.clock.now()
    const due = asset.purgeAt !== null && asset.purgeAt <= at
    if (asset.state !== 'DELETED' || asset.purgedAt || (!isPerson(actor) && !due)) return fail('not-in-bin')
    if (asset.legalHold) return fail('legal-hold')
    const licences = await tx.db.licence.findMany({
      where: { assetId, houseId: actor.houseId },
      select: { versionId: true, state: true, endsAt: true, issuedAt: true },
    })
    if (licences.some(({ state, endsAt }) => living.includes(state) && (endsAt === null || endsAt > at))) return fail('licence-in-force')
    const evidence = new Set(licences.filter(({ issuedAt }) => issuedAt !== null).map(({ versionId }) => versionId))
    const versions = await tx.db.assetVersion.findMany({
      where: { assetId, houseId: actor.houseId, purgedAt: null },
      include: { renditions: true },
      orderBy: { number: 'asc' },
    })
    const gone = versions.filter(({ id }) => !evidence.has(id))
    const named = { houseId: actor.houseId, assetId, namedAt: at }
    const objects = [
      ...gone.map(({ id, storageKey, sha256, byteSize }) => ({
        ...named,
        versionId: id,
        preset: 'original',
        storageKey,
        sha256,
        byteSize,
      })),
      ...versions.flatMap(({ id, renditions }) =>
        renditions.map(({ preset, storageKey, sha256, byteSize }) => ({ ...named, versionId: id, preset, storageKey, sha256, byteSize })),
      ),
      ...(await differencesOf(tx, versions)).map((drawn) => ({ ...named, ...drawn })),
    ].map((object) => ({ id: newId('prg', at), ...object }))
    await tx.db.purgedObject.createMany({ data: objects })
    await tx.db.rendition.deleteMany({ where: { versionId: { in: versions.map(({ id }) => id) } } })
    const goneIds = gone.map(({ id }) => id)
    // What was read and seen in the files goes with them: it names people and places.
    await tx.db.fileMetadata.deleteMany({ where: { versionId: { in: goneIds } } })
    await tx.db.versionSidecar.deleteMany({ where: { versionId: { in: goneIds } } })
    await tx.db.pictureText.deleteMany({ where: { versionId: { in: goneIds } } })
    await tx.db.picturePrint.deleteMany({ where: { versionId: { in: goneIds } } })
    await tx.db.assetVersion.updateMany({ where: { id: { in: goneIds } }, data: { purgedAt: at, embedded: {} } })
    await tx.db.asset.update({ where: { id: assetId }, data: { purgedAt: at, changedAt: at } })
    await record(tx, {
      type: 'asset.purged',
      subject: { kind: 'asset', id: assetId },
      data: {
        title: asset.title,
        versions: versions.map(({ id, number, sha256, fileName }) => ({ id, number, sha256, fileName, kept: evidence.has(id) })),
      },
    })
    return ok({ objects: objects.length, kept: versions.length - gone.length })
  })
}

/** Pictures of where two versions differ are drawn from both: they go with the first of them, as renditions do. */
async function differencesOf(tx: Purging, versions: readonly { id: string; sha256: string }[]) {
  const ids = versions.map(({ id }) => id)
  const ofThese = { OR: [{ fromId: { in: ids } }, { toId: { in: ids } }] }
  const drawn = await tx.db.versionDifference.findMany({ where: ofThese, select: { fromId: true, storageKey: true } })
  await tx.db.versionDifference.deleteMany({ where: ofThese })
  const hashes = new Map(versions.map(({ id, sha256 }) => [id, sha256]))
  // Its own bytes were never counted: it is named by the file that it was drawn from.
  return drawn.flatMap(({ fromId, storageKey }) =>
    storageKey ? [{ versionId: fromId, preset: 'difference', storageKey, sha256: hashes.get(fromId) ?? '', byteSize: 0n }] : [],
  )
}

const living: readonly string[] = ['RESERVED', 'AWAITING_PAYMENT', 'ACTIVE', 'SUSPENDED']

/** What lies in a house's bin beyond its time, asset by asset: one that may not go yet keeps nobody else's waiting. */
export async function purgeDue(ctx: Pick<Context, 'db' | 'clock' | 'actor' | 'log'>): Promise<number> {
  let purged = 0
  for (let after = ''; ;) {
    const rows = await ctx.db.asset.findMany({
      where: {
        houseId: ctx.actor.houseId,
        state: 'DELETED',
        purgedAt: null,
        legalHold: false,
        purgeAt: { lte: ctx.clock.now() },
        id: { gt: after },
      },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: part,
    })
    for (const { id } of rows) {
      const outcome = await purgeAsset(ctx, { assetId: id })
      if (outcome.ok) purged += 1
    }
    const last = rows.at(-1)
    if (!last || rows.length < part) return purged
    after = last.id
  }
}

/** Moved out of the way, an object waits this long: an upload of the same bytes that ran at that moment has its rows by then. */
const waitBeforeEnd = 3_600_000
const trash = (id: string): string => `purged/${id}`

/** Where an object lies and where it waits for its end; of a preview also the one that it took the place of when its asset began or ceased to bear a mark. */
function placesOf({ id, versionId, preset, storageKey }: { id: string; versionId: string; preset: string; storageKey: string }) {
  const places = [{ key: storageKey, away: trash(id) }]
  if (!previewPresets.includes(preset)) return places
  const others = [true, false].map((isMarked) => previewKey(versionId, preset, isMarked)).filter((key) => key !== storageKey)
  return [...places, ...others.map((key, at) => ({ key, away: `${trash(id)}-${at + 2}` }))]
}

/**
 * The bytes of what was purged: first moved out of the way, an hour later removed. In between they are given back where a
 * version or a rendition turns out to need them: the same bytes are stored once, and an upload of them may have begun before.
 */
export async function removePurged(
  ctx: Pick<Context, 'db' | 'clock' | 'storage'>,
): Promise<{ moved: number; removed: number; shared: number }> {
  const result = { moved: 0, removed: 0, shared: 0 }
  const now = ctx.clock.now()
  const end = async (id: string, outcome: 'removed' | 'shared') => {
    await ctx.db.purgedObject.updateMany({ where: { id, endedAt: null }, data: { outcome, endedAt: ctx.clock.now() } })
    result[outcome] += 1
  }
  const fresh = await ctx.db.purgedObject.findMany({ where: { endedAt: null, movedAt: null }, orderBy: { namedAt: 'asc' }, take: part })
  for (const object of fresh) {
    if (await isNeeded(ctx, object.storageKey)) await end(object.id, 'shared')
    else {
      for (const { key, away } of placesOf(object))
        if ((await ctx.storage.stat(key)) && !(await isNeeded(ctx, key))) await ctx.storage.move(key, away)
      await ctx.db.purgedObject.updateMany({ where: { id: object.id, movedAt: null }, data: { movedAt: now } })
      result.moved += 1
    }
  }
  const old = await ctx.db.purgedObject.findMany({
    where: { endedAt: null, movedAt: { lte: new Date(now.getTime() - waitBeforeEnd) } },
    orderBy: { namedAt: 'asc' },
    take: part,
  })
  for (const object of old) {
    const needed = await isNeeded(ctx, object.storageKey)
    for (const { key, away } of placesOf(object)) {
      if (!(await ctx.storage.stat(away))) continue
      if ((await isNeeded(ctx, key)) && !(await ctx.storage.stat(key))) await ctx.storage.move(away, key)
      else await ctx.storage.remove(away)
    }
    await end(object.id, needed ? 'shared' : 'removed')
  }
  return result
}

async function isNeeded({ db }: Ctx<'db'>, storageKey: string): Promise<boolean> {
  const [version, rendition] = await Promise.all([
    db.assetVersion.findFirst({ where: { storageKey, purgedAt: null }, select: { id: true } }),
    db.rendition.findFirst({ where: { storageKey }, select: { id: true } }),
  ])
  return version !== null || rendition !== null
}

/** How long the house's bin keeps what is put into it from now on. */
export async function setRetention(ctx: Purging, { days }: { days: number }): Promise<Result<{ days: number }>> {
  const { actor } = ctx
  if (!may(actor, 'set-retention')) throw new Refusal('forbidden', 'set retention')
  return inTransaction(ctx, async (tx) => {
    await tx.db
      .$executeRaw`UPDATE organisations SET settings = settings || jsonb_build_object('retentionDays', ${days}::int) WHERE id = ${actor.houseId}`
    await record(tx, { type: 'house.retention-set', subject: { kind: 'house', id: actor.houseId }, data: { days } })
    return ok({ days })
  })
}
