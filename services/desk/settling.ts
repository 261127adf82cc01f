import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { findingsOf, findingsOfHouse } from './findings.ts'

type Settling = Ctx<'db' | 'clock' | 'actor'>

/** Assets looked at in one go: some tenths of a second. */
const batch = 2_000
/** Kinds whose findings are licences, so that counting these counts those; of the others each finding says how many rest on it. */
const byLicence = Prisma.sql`('licence-ends', 'outside-contract', 'meets-ban', 'consent-withdrawn', 'import-collides')`
const sums = ['held', 'bans', 'live', 'exclusive', 'holds'] as const
type Sums = Record<(typeof sums)[number], bigint | null>
const summed = Prisma.raw(sums.map((name) => `sum(${name})::bigint AS ${name}`).join(', '))

/**
 * Look at what has changed since somebody last looked, and bring the worklist up to it. One looks at a time: another comes
 * back with what there is. What changes while we look is stale again, since its note commits with it; so a line is never
 * older than the oldest note that is left.
 */
export async function settleWorklist(ctx: Settling, most = batch): Promise<{ looked: number }> {
  const { houseId } = ctx.actor
  const [stale] = await ctx.db.$queryRaw<unknown[]>`SELECT 1 FROM worklist_stale WHERE house_id = ${houseId} LIMIT 1`
  if (!stale) return { looked: 0 }
  return inTransaction(ctx, async (tx) => {
    const { db } = tx
    const [lock] = await db.$queryRaw<
      { mine: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(hashtextextended('worklist:' || ${houseId}, 0)) AS mine`
    if (!lock?.mine) return { looked: 0 }
    const taken = await db.$queryRaw<{ no: bigint }[]>`
      DELETE FROM worklist_stale WHERE id IN (SELECT id FROM worklist_stale WHERE house_id = ${houseId} ORDER BY id LIMIT ${most}) RETURNING asset_no AS no`
    const nos = [...new Set(taken.map(({ no }) => no))]
    const { timeZone: zone } = await db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } })
    const items = await lookAt(tx, zone, nos)
    await addUp(tx, items)
    await keepFigures(tx, nos)
    return { looked: nos.length }
  })
}

/** The findings of these assets, made anew; hands back the keys of the lines that had one or have one. */
async function lookAt({ db, actor: { houseId } }: Settling, zone: string, nos: readonly bigint[]): Promise<string[]> {
  const columns = Prisma.sql`item, kind, asset_no, source_id, due_at, day, shows, reference, party, holder_org_id, licences, pictures`
  const gone = await db.$queryRaw<{ item: string }[]>`
    DELETE FROM worklist_findings WHERE house_id = ${houseId} AND asset_no = ANY(${[...nos]}::bigint[]) RETURNING item`
  const found = await db.$queryRaw<{ item: string }[]>`
    INSERT INTO worklist_findings (house_id, ${columns}) SELECT ${houseId}, ${columns} FROM (${findingsOf(houseId, zone, nos)}) f WHERE NOT isempty(f.shows) RETURNING item`
  const ofHouse = nos.includes(0n)
    ? await db.$queryRaw<{ item: string }[]>`
        INSERT INTO worklist_findings (house_id, ${columns}) SELECT ${houseId}, ${columns} FROM (${findingsOfHouse(houseId, zone)}) f RETURNING item`
    : []
  return [...new Set([...gone, ...found, ...ofHouse].map(({ item }) => item))]
}

/** The lines of these keys, added up anew; one that is as it was keeps its day of note, which calendars show. */
async function addUp({ db, clock, actor: { houseId } }: Settling, items: readonly string[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO worklist_lines AS l (house_id, item, kind, due_at, day, shows, reference, party, holder_org_id, source_id, cover_asset_no, pictures, licences, noted_at)
    SELECT ${houseId}, item, min(kind), min(due_at), min(day), range_agg(shows), min(reference), min(party),
      CASE WHEN min(holder) = max(holder) AND bool_and(holder IS NOT NULL) THEN min(holder) END, CASE WHEN min(source) = max(source) THEN min(source) END,
      min(asset_no), sum(pictures), sum(licences), ${clock.now()}
    FROM (
      SELECT item, asset_no, min(kind) AS kind, min(due_at) AS due_at, min(day) AS day, range_agg(shows) AS shows, min(reference) AS reference, min(party) AS party,
        CASE WHEN min(holder_org_id) = max(holder_org_id) AND count(holder_org_id) = count(*) THEN min(holder_org_id) END AS holder,
        CASE WHEN min(source_id) = max(source_id) THEN min(source_id) ELSE '' END AS source, max(pictures) AS pictures,
        CASE WHEN min(kind) IN ${byLicence} THEN count(DISTINCT source_id) ELSE max(licences) END AS licences
      FROM worklist_findings WHERE house_id = ${houseId} AND item = ANY(${[...items]}::text[]) GROUP BY item, asset_no
    ) f GROUP BY item
    ON CONFLICT (house_id, item) DO UPDATE SET due_at = EXCLUDED.due_at, day = EXCLUDED.day, shows = EXCLUDED.shows, reference = EXCLUDED.reference, party = EXCLUDED.party,
      holder_org_id = EXCLUDED.holder_org_id, source_id = EXCLUDED.source_id, cover_asset_no = EXCLUDED.cover_asset_no, pictures = EXCLUDED.pictures,
      licences = EXCLUDED.licences, noted_at = EXCLUDED.noted_at
    WHERE (l.due_at, l.day, l.shows, l.reference, l.party, l.holder_org_id, l.source_id, l.cover_asset_no, l.pictures, l.licences) IS DISTINCT FROM
      (EXCLUDED.due_at, EXCLUDED.day, EXCLUDED.shows, EXCLUDED.reference, EXCLUDED.party, EXCLUDED.holder_org_id, EXCLUDED.source_id, EXCLUDED.cover_asset_no,
      EXCLUDED.pictures, EXCLUDED.licences)`
  await db.$executeRaw`
    DELETE FROM worklist_lines l WHERE house_id = ${houseId} AND item = ANY(${[...items]}::text[])
      AND NOT EXISTS (SELECT 1 FROM worklist_findings f WHERE f.house_id = l.house_id AND f.item = l.item)`
}

/** The figures of the house: what these assets had is taken away, what they have is added. */
async function keepFigures({ db, clock, actor: { houseId } }: Settling, nos: readonly bigint[]): Promise<void> {
  const [before] = await db.$queryRaw<Sums[]>`
    WITH was AS (DELETE FROM worklist_assets WHERE house_id = ${houseId} AND asset_no = ANY(${[...nos]}::bigint[]) RETURNING *) SELECT ${summed} FROM was`
  const [after] = await db.$queryRaw<Sums[]>`
    WITH made AS (INSERT INTO worklist_assets (asset_no, house_id, held, bans, live, exclusive, holds)
      SELECT a.no, a.house_id, EXISTS (SELECT 1 FROM acquisitions q WHERE q.asset_no = a.no AND q.superseded_at IS NULL)::int,
        (SELECT count(*) FROM restrictions b WHERE b.asset_no = a.no AND b.superseded_at IS NULL), c.live, c.exclusive, c.holds
      FROM assets a CROSS JOIN LATERAL (SELECT count(DISTINCT licence_no) FILTER (WHERE state IN ('ACTIVE', 'SUSPENDED')) AS live,
        count(DISTINCT licence_no) FILTER (WHERE state IN ('ACTIVE', 'SUSPENDED') AND exclusive) AS exclusive,
        count(DISTINCT licence_no) FILTER (WHERE state IN ('HELD', 'PENDING_PAYMENT')) AS holds FROM claims c WHERE c.asset_no = a.no) c
      WHERE a.house_id = ${houseId} AND a.no = ANY(${[...nos]}::bigint[]) RETURNING *) SELECT ${summed} FROM made`
  const change = Object.fromEntries(sums.map((name) => [name, (after?.[name] ?? 0n) - (before?.[name] ?? 0n)])) as Record<
    keyof Sums,
    bigint
  >
  await db.$executeRaw`
    INSERT INTO worklist_figures AS f (house_id, held, bans, live, exclusive, holds, looked_at)
    VALUES (${houseId}, ${change.held}, ${change.bans}, ${change.live}, ${change.exclusive}, ${change.holds}, ${clock.now()})
    ON CONFLICT (house_id) DO UPDATE SET held = f.held + EXCLUDED.held, bans = f.bans + EXCLUDED.bans, live = f.live + EXCLUDED.live,
      exclusive = f.exclusive + EXCLUDED.exclusive, holds = f.holds + EXCLUDED.holds, looked_at = EXCLUDED.looked_at`
}

/** Look until nothing is stale, for at most so many batches: the work of the timetable. */
export async function settleAll(ctx: Settling & Ctx<'log'>, batches = 60): Promise<{ looked: number }> {
  let looked = 0
  for (let n = 0; n < batches; n++) {
    const round = await settleWorklist(ctx)
    looked += round.looked
    if (round.looked === 0) break
  }
  if (looked > 0) ctx.log.info('desk.settled', { houseId: ctx.actor.houseId, looked })
  return { looked }
}

/** How long a calendar looks back. */
const keptDays = 400

/** What nobody can see any more on any page: lines that stopped showing long ago. The next change of such an asset makes them anew, for a night. */
export async function pruneWorklist({ db, clock, actor: { houseId } }: Settling): Promise<{ pruned: number }> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000)
  const pruned = await db.$executeRaw`
    WITH gone AS (DELETE FROM worklist_lines WHERE house_id = ${houseId} AND due_at < ${before} AND upper(shows) < ${before} RETURNING item)
    DELETE FROM worklist_findings WHERE house_id = ${houseId} AND item IN (SELECT item FROM gone)`
  return { pruned }
}
