import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { judgeLink, origin, short, type Fault, type Foot, type Link } from './rules/chain.ts'

export interface ChainReport {
  houseId: string
  /** Links that were walked and found right. */
  checked: number
  head: { seq: string; hash: string } | null
  fault: Fault | null
}

interface Row {
  seq: bigint
  factId: string
  prevHash: string
  hash: string
  id: string | null
  houseId: string
  at: Date
  type: string
  actorKind: string
  actorId: string | null
  actorName: string
  subjectKind: string
  subjectId: string
  body: string
}

const batch = 2_000

/** The links of a house in order, in batches by key: a trail of millions is never in memory. */
export async function* linksOf(ctx: Ctx<'db'>, houseId: string, after: bigint, last: bigint): AsyncGenerator<Link[]> {
  for (let foot = after; foot < last;) {
    const rows = await ctx.db.$queryRaw<Row[]>(Prisma.sql`
      SELECT l.seq, l.fact_id AS "factId", l.prev_hash AS "prevHash", l.hash, f.id, f.house_id AS "houseId", f.at, f.type, f.actor_kind AS "actorKind",
        f.actor_id AS "actorId", f.actor_name AS "actorName", f.subject_kind AS "subjectKind", f.subject_id AS "subjectId", f.body
      FROM audit_links l LEFT JOIN audit_facts f ON f.id = l.fact_id
      WHERE l.house_id = ${houseId} AND l.seq > ${foot}::bigint AND l.seq <= ${last}::bigint ORDER BY l.seq LIMIT ${batch}::int`)
    if (rows.length === 0) return
    yield rows.map(({ seq, factId, prevHash, hash, id, ...fact }) => ({ seq, factId, prevHash, hash, fact: id === null ? null : fact }))
    foot = rows.at(-1)?.seq ?? last
  }
}

/** The head as it is written, and the last link there is: read in one statement, so that no commit falls between them. */
async function endsOf(ctx: Ctx<'db'>, houseId: string): Promise<{ head: Foot | null; last: bigint; facts: bigint }> {
  const [row] = await ctx.db.$queryRaw<{ seq: bigint | null; hash: string | null; last: bigint | null; facts: bigint }[]>(Prisma.sql`
    SELECT h.seq, h.hash, (SELECT max(seq) FROM audit_links WHERE house_id = ${houseId}) AS last,
      (SELECT count(*) FROM audit_facts f WHERE f.house_id = ${houseId} AND NOT EXISTS (SELECT FROM audit_links l WHERE l.fact_id = f.id)) AS facts
    FROM (SELECT 1) one LEFT JOIN audit_heads h ON h.house_id = ${houseId}`)
  const head = row?.seq === null || row?.seq === undefined || row.hash === null ? null : { seq: row.seq, hash: row.hash }
  return { head, last: row?.last ?? 0n, facts: row?.facts ?? 0n }
}

/** Where the chain of a house ends now; null for a house in which nothing has happened. */
export async function headOf(ctx: Ctx<'db'>, houseId: string): Promise<{ seq: string; hash: string } | null> {
  const head = await ctx.db.auditHead.findUnique({ where: { houseId } })
  return head && { seq: head.seq.toString(), hash: head.hash }
}

/** What only the end of the walk can tell: rows cut off, rows put behind the head, facts that no link seals. */
function judgeEnd(head: Foot | null, foot: Foot, last: bigint, unsealed: bigint): Fault | null {
  const at = (seq: bigint) => ({ seq: seq.toString(), factId: null })
  if (!head)
    return last > 0n
      ? { kind: 'head-missing', ...at(last), why: 'there are links, but no head: the row that says where the chain ends is gone' }
      : null
  if (foot.seq < head.seq)
    return { kind: 'row-missing', ...at(foot.seq + 1n), why: `the head says ${head.seq} rows, the last one found is ${foot.seq}` }
  if (last > head.seq)
    return {
      kind: 'tail-forged',
      ...at(head.seq + 1n),
      why: `rows were put behind the head: it ends at ${head.seq}, rows go on to ${last}`,
    }
  if (foot.hash !== head.hash)
    return { kind: 'tail-forged', ...at(foot.seq), why: `the head names ${short(head.hash)}, the last row has ${short(foot.hash)}` }
  if (unsealed > 0n) return { kind: 'fact-outside', ...at(head.seq), why: `${unsealed} facts are in the trail that no link seals` }
  return null
}

/**
 * Walk the chain of a house from its first row to its head, recomputing every hash and comparing every column with the
 * sealed text; names the first row that is wrong, and why. Facts written meanwhile lie behind the head that was read first.
 * `noted` is a head that was written down outside (a printed report): against a trail that was forged as a whole nothing
 * else helps.
 */
export async function verifyChain(ctx: Ctx<'db'>, houseId: string, noted?: { seq: bigint; hash: string }): Promise<ChainReport> {
  const { head, last, facts } = await endsOf(ctx, houseId)
  let foot = origin
  let checked = 0
  const report = (fault: Fault | null): ChainReport => ({
    houseId,
    checked,
    head: head && { seq: head.seq.toString(), hash: head.hash },
    fault,
  })
  for await (const links of linksOf(ctx, houseId, 0n, head?.seq ?? last)) {
    for (const link of links) {
      const fault = judgeLink(houseId, foot, link)
      if (fault) return report(fault)
      if (noted?.seq === link.seq && noted.hash !== link.hash)
        return report({
          kind: 'not-as-noted',
          seq: link.seq.toString(),
          factId: link.factId,
          why: `its hash is ${short(link.hash)}, noted was ${short(noted.hash)}: the trail was written anew`,
        })
      foot = { seq: link.seq, hash: link.hash }
      checked++
    }
  }
  const fault = judgeEnd(head, foot, last, facts)
  if (!fault && noted && noted.seq > foot.seq)
    return report({
      kind: 'not-as-noted',
      seq: noted.seq.toString(),
      factId: null,
      why: `row ${noted.seq} was noted, but the trail ends at ${foot.seq}`,
    })
  return report(fault)
}
