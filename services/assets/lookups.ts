import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { lookDistance, lookProbes } from './rules/look.ts'
import { markProbes, unpackMarks } from './rules/marks.ts'
import { hashProbes, turnedHashes, type Hash } from './rules/prints.ts'

export interface StoredPrint {
  versionId: string
  assetId: string
  hash: Hash
  marks: Uint8Array
  look: Int8Array
}
/** What is looked for: a print of the library, or of a picture that is only being shown to us. */
export type Sought = Pick<StoredPrint, 'hash' | 'marks' | 'look'> & { versionId?: string; sketch: string }
type Reading = Ctx<'db' | 'actor'>

const farthestHash = 12
const mostCandidates = 40

interface Row {
  version_id: string
  asset_id: string
  hash: bigint
  marks: Uint8Array
  look: Uint8Array
}
export const signed = (bytes: Uint8Array): Int8Array => Int8Array.from(bytes)
const printOfRow = (row: Row): StoredPrint => ({
  versionId: row.version_id,
  assetId: row.asset_id,
  hash: row.hash,
  marks: row.marks,
  look: signed(row.look),
})

/** A version's print, as its own house sees it. */
export async function printOfVersion(ctx: Reading, versionId: string): Promise<(StoredPrint & { sketch: string }) | null> {
  const [row] = await ctx.db.$queryRaw<(Row & { sketch: string })[]>`
    SELECT version_id, asset_id, hash, marks, look, sketch::text AS sketch FROM picture_prints WHERE version_id = ${versionId} AND house_id = ${ctx.actor.houseId}`
  return row ? { ...printOfRow(row), sketch: row.sketch } : null
}

const notItself = (versionId: string | undefined) => (versionId ? Prisma.sql`AND p.version_id <> ${versionId}` : Prisma.empty)

/**
 * By the hash of the whole: all within seven bits, and turned or mirrored all within three. The index finds what has a
 * quarter in common (but for a bit); how many bits differ is then counted exactly.
 */
export const byHash = (houseId: string, { hash, versionId }: Sought): Prisma.Sql => Prisma.sql`
  SELECT p.version_id FROM picture_prints p
  WHERE p.house_id = ${houseId} AND p.keys && ${hashProbes(hash)}::int[] ${notItself(versionId)}
    AND (SELECT min(bit_count((p.hash # way)::bit(64))) FROM unnest(${turnedHashes(hash)}::bigint[]) way) <= ${farthestHash}
  ORDER BY (SELECT min(bit_count((p.hash # way)::bit(64))) FROM unnest(${turnedHashes(hash)}::bigint[]) way), p.version_id LIMIT ${mostCandidates}::int`

/** Keys that are looked up in one descent of the index: many more are slower than several descents. */
const together = 128

/**
 * By marks: what shares two places at least, most first. Two thousand keys are asked for some at a time, so that the planner
 * never thinks of reading the whole table instead; what a row shares is counted against all of them, once, by their hash.
 */
export const byMarks = (houseId: string, { marks, versionId }: Sought): Prisma.Sql => {
  const probes = markProbes(unpackMarks(marks))
  return Prisma.sql`
  SELECT near.version_id FROM (
    SELECT DISTINCT ON (p.version_id) p.version_id, p.keys FROM generate_series(1, ${probes.length}::int, ${together}::int) part CROSS JOIN LATERAL (
      SELECT p.version_id, p.keys FROM picture_prints p
      WHERE p.keys && (${probes}::int[])[part:part + ${together - 1}::int] AND p.house_id = ${houseId} ${notItself(versionId)} LIMIT 500) p) near
    CROSS JOIN LATERAL (SELECT count(*) AS shared FROM unnest(near.keys) key WHERE key = ANY(${probes}::int[])) counted
  WHERE shared >= 2 ORDER BY shared DESC, 1 LIMIT ${mostCandidates}::int`
}

/** By look: nearest by sketch among those that the index brings; of a key that half of all pictures have, some will do. */
export const byLook = (houseId: string, { look, sketch, versionId }: Sought, most: number): Prisma.Sql => Prisma.sql`
  SELECT near.version_id FROM (
    SELECT DISTINCT p.version_id, p.sketch FROM unnest(${lookProbes(look, 1)}::int[]) probe (key) CROSS JOIN LATERAL (
      SELECT p.version_id, p.sketch FROM picture_prints p WHERE p.keys @> ARRAY[probe.key] AND p.house_id = ${houseId} ${notItself(versionId)} LIMIT 100) p) near
  ORDER BY bit_count(near.sketch # ${sketch}::bit(256)), near.version_id LIMIT ${most}::int`

/** The same in a house so small that all its prints are compared faster than an index is asked. */
const byLookInAll = (houseId: string, { sketch, versionId }: Sought, most: number): Prisma.Sql => Prisma.sql`
  SELECT p.version_id FROM picture_prints p WHERE p.house_id = ${houseId} ${notItself(versionId)}
  ORDER BY bit_count(p.sketch # ${sketch}::bit(256)), p.version_id LIMIT ${most}::int`

const smallHouse = 20_000

async function isSmall(ctx: Reading): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ prints: number }[]>`
    SELECT count(*)::int AS prints FROM (SELECT 1 FROM picture_prints WHERE house_id = ${ctx.actor.houseId} LIMIT ${smallHouse + 1}::int) counted`
  return (row?.prints ?? 0) <= smallHouse
}

/** Prints that may be the same picture, of what the house has today: by hash, by marks and, so that nothing obvious is missed, by look. */
export async function candidatesOf(ctx: Reading, sought: Sought): Promise<StoredPrint[]> {
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH found AS ((${byHash(houseId, sought)}) UNION (${byMarks(houseId, sought)}) UNION (${byLook(houseId, sought, 20)}))
    SELECT p.version_id, p.asset_id, p.hash, p.marks, p.look FROM found JOIN picture_prints p USING (version_id)
      JOIN assets a ON a.id = p.asset_id AND p.version_id IN (a.current_version_id, a.published_version_id)
    WHERE a.house_id = ${houseId} AND a.state NOT IN ('ARCHIVED', 'DELETED')`
  return rows.map(printOfRow)
}

export interface Alike {
  assetId: string
  /** The asset's number: what lists of the store are kept by. */
  no: bigint
  apart: number
}

/** Pictures of the store that look like the one that is sought, nearest first: some hundreds by their sketches, put in order by their looks. */
export async function alikeInStore(ctx: Reading, sought: Sought, most: number): Promise<(Alike & { print: StoredPrint })[]> {
  const { houseId } = ctx.actor
  const wide = Math.min(1_200, most * 2 + 60)
  const found = (await isSmall(ctx)) ? byLookInAll(houseId, sought, wide) : byLook(houseId, sought, wide)
  const rows = await ctx.db.$queryRaw<(Row & { no: bigint })[]>`
    WITH found AS MATERIALIZED (${found})
    SELECT p.version_id, p.asset_id, p.hash, p.marks, p.look, a.no FROM found JOIN picture_prints p USING (version_id)
      JOIN assets a ON a.id = p.asset_id AND a.published_version_id = p.version_id
    WHERE a.house_id = ${houseId} AND a.state = 'PUBLISHED' AND a.audience = 'STORE'`
  return rows
    .map((row) => ({ assetId: row.asset_id, no: row.no, apart: lookDistance(sought.look, signed(row.look)), print: printOfRow(row) }))
    .sort((a, b) => a.apart - b.apart || Number(b.no - a.no))
    .slice(0, most)
}
