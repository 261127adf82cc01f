import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { headOf, linksOf, verifyChain, type ChainReport } from './chain.ts'
import { mayAudit } from './policy.ts'
import { record } from './record.ts'
import { byteOrderMark, csvLine } from './rules/csv.ts'
import { spanOf } from './spans.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** Walk the trail of the house now and write down what was found. Staff may ask for it; the night job does so by itself. */
export async function verifyTrail(ctx: Asking): Promise<ChainReport> {
  if (ctx.actor.kind !== 'system' && !mayAudit(ctx.actor)) throw new Refusal('forbidden', 'verify trail')
  const report = await verifyChain(ctx, ctx.actor.houseId)
  const { checked, head, fault } = report
  const data = { checked, head: head as unknown as Json, ...(fault ? { fault: { ...fault } } : {}) }
  await inTransaction(ctx, (tx) =>
    record(tx, { type: fault ? 'trail.fault-found' : 'trail.verified', subject: { kind: 'house', id: ctx.actor.houseId }, data }),
  )
  return report
}

export type TrailFormat = 'ndjson' | 'csv'

/**
 * The trail as a file that carries its own proof: each row has the text that was hashed, its hash and the hash before it
 * (see docs/verify-audit.md). A span of days is widened to the unbroken run of rows that holds all of it.
 */
export async function exportTrail(
  ctx: Asking,
  { format, from, to }: { format: TrailFormat; from?: string | undefined; to?: string | undefined },
): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  if (!mayAudit(ctx.actor)) throw new Refusal('forbidden', 'export trail')
  const { houseId } = ctx.actor
  const span = from || to ? await spanOf(ctx, { from, to }) : null
  const head = await headOf(ctx, houseId)
  const within = span ? Prisma.sql`AND f.at >= ${span.from} AND f.at < ${span.to}` : Prisma.empty
  const [run] = await ctx.db.$queryRaw<{ first: bigint | null; last: bigint | null }[]>(Prisma.sql`
    SELECT min(l.seq) AS first, max(l.seq) AS last FROM audit_links l JOIN audit_facts f ON f.id = l.fact_id WHERE l.house_id = ${houseId} ${within}`)
  const first = run?.first ?? 1n
  const last = run?.last ?? 0n
  const rows = Number(last - first + 1n)
  await inTransaction(ctx, (tx) =>
    record(tx, {
      type: 'report.exported',
      subject: { kind: 'report', id: 'trail' },
      data: { format, rows, firstSeq: first.toString(), lastSeq: last.toString(), headSeq: head?.seq ?? '0', headHash: head?.hash ?? null },
    }),
  )
  async function* chunks() {
    if (format === 'csv') yield byteOrderMark + csvLine(['seq', 'prev_hash', 'hash', 'body'])
    for await (const links of linksOf(ctx, houseId, first - 1n, last))
      yield links
        .map(({ seq, prevHash, hash, fact }) =>
          format === 'csv'
            ? csvLine([seq.toString(), prevHash, hash, fact?.body ?? ''])
            : `${JSON.stringify({ seq: seq.toString(), prev_hash: prevHash, hash, body: fact?.body ?? '' })}\n`,
        )
        .join('')
  }
  return { name: span ? `trail-${span.fromDay}-to-${span.toDay}.${format}` : `trail.${format}`, chunks: chunks() }
}
