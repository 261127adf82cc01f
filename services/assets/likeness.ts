import type { Ctx } from '../platform/context.ts'
import { candidatesOf, printOfVersion, type Sought, type StoredPrint } from './lookups.ts'
import { lookDistance } from './rules/look.ts'
import { agreementOf, unpackMarks, type Mark } from './rules/marks.ts'
import { nearnessOf, waysOf, type Compared, type Nearness, type Way } from './rules/nearness.ts'
import { putAway } from './rules/asset-states.ts'
import { leastBits } from './rules/prints.ts'

type Reading = Ctx<'db' | 'actor'>

export interface Lookalike {
  assetId: string
  versionId: string
  nearness: Nearness
  places: number
  bits: number
  ways: Way[]
}

const rank: Record<Nearness, number> = { exact: 0, sure: 1, likely: 2 }
const mostShown = 12

/**
 * Other pictures of the house that are this one: the same bytes, or a copy that was cropped, turned, mirrored, recoloured,
 * written upon or saved again. The surest first. Who may know of them is for the caller to say.
 */
export async function nearDuplicates(ctx: Reading, wanted: { versionId: string } | { assetId: string }): Promise<Lookalike[]> {
  const { houseId } = ctx.actor
  const version = await ctx.db.assetVersion.findFirst({
    where: { houseId, ...('versionId' in wanted ? { id: wanted.versionId } : { currentOf: { id: wanted.assetId } }) },
    select: { id: true, assetId: true, sha256: true, width: true, height: true },
  })
  if (!version) return []
  const print = await printOfVersion(ctx, version.id)
  const [near, same] = await Promise.all([print ? candidatesOf(ctx, print) : [], sameBytes(ctx, version)])
  const shapes = await shapesOf(ctx, [version.id, ...near.map(({ versionId }) => versionId)])
  const mine = print ? unpackMarks(print.marks) : []
  const found = near.flatMap((other) => {
    if (!print || other.assetId === version.assetId || same.some(({ assetId }) => assetId === other.assetId)) return []
    return judged(print, mine, other, [shapes.get(version.id) ?? 1, shapes.get(other.versionId) ?? 1]) ?? []
  })
  return onePerAsset([...same, ...found])
    .sort((a, b) => rank[a.nearness] - rank[b.nearness] || b.places - a.places || a.bits - b.bits)
    .slice(0, mostShown)
}

/** What a picture is, judged against another: null where they are two pictures. */
export function judged(print: Sought, mine: readonly Mark[], other: StoredPrint, shapes: readonly [number, number]): Lookalike | null {
  const theirs = unpackMarks(other.marks)
  const compared: Compared = {
    sameBytes: false,
    agreement: agreementOf(mine, theirs),
    bits: leastBits(print.hash, other.hash),
    apart: lookDistance(print.look, other.look),
    marks: Math.min(mine.length, theirs.length),
  }
  const nearness = nearnessOf(compared)
  if (!nearness) return null
  return {
    assetId: other.assetId,
    versionId: other.versionId,
    nearness,
    places: compared.agreement.places,
    bits: compared.bits,
    ways: waysOf(compared, shapes),
  }
}

async function sameBytes(ctx: Reading, version: { assetId: string; sha256: string }): Promise<Lookalike[]> {
  const rows = await ctx.db.asset.findMany({
    where: {
      houseId: ctx.actor.houseId,
      id: { not: version.assetId },
      state: { notIn: [...putAway] },
      currentVersion: { houseId: ctx.actor.houseId, sha256: version.sha256 },
    },
    select: { id: true, currentVersionId: true },
    orderBy: { no: 'asc' },
    take: mostShown,
  })
  return rows.map(({ id, currentVersionId }) => ({
    assetId: id,
    versionId: currentVersionId ?? '',
    nearness: 'exact',
    places: 0,
    bits: 0,
    ways: ['same-bytes'],
  }))
}

async function shapesOf(ctx: Ctx<'db'>, versionIds: string[]): Promise<Map<string, number>> {
  const rows = await ctx.db.assetVersion.findMany({ where: { id: { in: versionIds } }, select: { id: true, width: true, height: true } })
  return new Map(rows.map(({ id, width, height }) => [id, (width ?? 1) / (height ?? 1)]))
}

/** An asset may be found by its newest and by its published version: the nearer one speaks. */
function onePerAsset(found: readonly Lookalike[]): Lookalike[] {
  const best = new Map<string, Lookalike>()
  for (const one of found) {
    const known = best.get(one.assetId)
    if (!known || rank[one.nearness] < rank[known.nearness] || (rank[one.nearness] === rank[known.nearness] && one.places > known.places))
      best.set(one.assetId, one)
  }
  return [...best.values()]
}
