import type { Readable } from 'node:stream'
import type { Day } from '../kernel/period.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { headOf } from './chain.ts'
import { mayAudit } from './policy.ts'
import { record } from './record.ts'
import { batchOf, sourceOf, type ReportRow } from './report-sources.ts'
import { byteOrderMark, csvLine } from './rules/csv.ts'
import { reportNames, type ReportKind } from './rules/report-kinds.ts'
import type { ReportInput } from './schema.ts'
import { spanOf, type Span } from './spans.ts'

export interface ReportTotals {
  rows: number
  whats: { what: string; count: number }[]
  days: { day: Day; count: number }[]
}
type Asking = Ctx<'db' | 'clock' | 'actor'>

/** How many of what, and how many a day: one statement over the same rows that the report lists. */
export async function totalsOf(ctx: Asking, kind: ReportKind, span: Span): Promise<ReportTotals> {
  const source = sourceOf(kind, { houseId: ctx.actor.houseId, now: ctx.clock.now(), from: span.from, to: span.to })
  const counts = await ctx.db.$queryRaw<{ what: string | null; day: string | null; count: bigint }[]>(Prisma.sql`
    SELECT what, to_char(at AT TIME ZONE ${span.zone}, 'YYYY-MM-DD') AS day, count(*) FROM (${source}) r
    GROUP BY GROUPING SETS ((1), (2), ()) ORDER BY 1, 2`)
  const number = (count: bigint) => Number(count)
  return {
    rows: number(counts.find(({ what, day }) => what === null && day === null)?.count ?? 0n),
    whats: counts.flatMap(({ what, count }) => (what === null ? [] : [{ what, count: number(count) }])),
    days: counts.flatMap(({ day, count }) => (day === null ? [] : [{ day, count: number(count) }])),
  }
}

const batch = 2_000

/** The rows in the order of time, in batches by key: the length of a report is no matter of memory. */
export async function* rowsOf(ctx: Asking, kind: ReportKind, span: Span, size = batch): AsyncGenerator<ReportRow> {
  let after: ReportRow | undefined
  for (;;) {
    // The key narrows the source itself, so that the tenth batch of a year reads no row of the first nine.
    const where = { houseId: ctx.actor.houseId, now: ctx.clock.now(), from: after?.at ?? span.from, to: span.to }
    const rows: ReportRow[] = await ctx.db.$queryRaw(batchOf(kind, where, after, size))
    yield* rows
    after = rows.at(-1)
    if (rows.length < size) return
  }
}

interface Export {
  span: Span
  totals: ReportTotals
  head: { seq: string; hash: string } | null
  /** The fact of this very export: it is not in the report that it counts. */
  ownFact: string
}

/** Writes down that a report leaves the house, with its length and the head of the trail at that moment, which the report prints. */
async function beginExport(ctx: Asking, { kind, from, to }: ReportInput, format: 'csv' | 'pdf'): Promise<Export> {
  if (!mayAudit(ctx.actor)) throw new Refusal('forbidden', 'export report')
  const whole = await spanOf(ctx, { from, to })
  // A span that is not over ends now: what happens while the file is read belongs to the next report.
  const end = new Date(ctx.clock.now().getTime() + 1)
  const span = whole.to > end ? { ...whole, to: end } : whole
  const totals = await totalsOf(ctx, kind, span)
  const head = await headOf(ctx, ctx.actor.houseId)
  const ownFact = await inTransaction(ctx, (tx) =>
    record(tx, {
      type: 'report.exported',
      subject: { kind: 'report', id: kind },
      data: { format, from: span.fromDay, to: span.toDay, rows: totals.rows, headSeq: head?.seq ?? '0', headHash: head?.hash ?? null },
    }),
  )
  return { span, totals, head, ownFact }
}

const instant = (at: Date): string => at.toISOString()
const headWords = (head: Export['head']): string => (head ? `${head.seq}:${head.hash}` : 'empty')

/** An audit report as CSV. Its first line names the columns; what it is about stands in the file's name and in the trail. */
export async function exportReportCsv(ctx: Asking, input: ReportInput): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  const { span, ownFact } = await beginExport(ctx, input, 'csv')
  async function* chunks() {
    yield byteOrderMark + csvLine(['at', 'kind', 'what', 'who', 'subject', 'details', 'id'])
    let text = ''
    for await (const row of rowsOf(ctx, input.kind, span)) {
      if (row.id === ownFact) continue
      text += csvLine([instant(row.at), row.kind, row.what, row.who, row.subject, row.details, row.id])
      if (text.length > 60_000) {
        yield text
        text = ''
      }
    }
    if (text) yield text
  }
  return { name: nameOf(input.kind, span, 'csv'), chunks: chunks() }
}

/** An audit report on paper. */
export async function exportReportPdf(ctx: Asking & Ctx<'pdf'>, input: ReportInput): Promise<{ name: string; stream: Readable }> {
  const { span, totals, head, ownFact } = await beginExport(ctx, input, 'pdf')
  const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'medium', timeZone: span.zone })
  async function* rows() {
    for await (const row of rowsOf(ctx, input.kind, span))
      if (row.id !== ownFact) yield [clock.format(row.at), row.what, row.who, row.subject, row.details]
  }
  const stream = ctx.pdf.report({
    title: `Audit report: ${reportNames[input.kind]}`,
    subtitle: `${span.houseName} · ${span.fromDay} to ${span.toDay} (${span.zone})`,
    at: instant(ctx.clock.now()),
    facts: [
      { label: 'Made', value: `${clock.format(ctx.clock.now())}${ctx.actor.kind === 'person' ? `, ${ctx.actor.name}` : ''}` },
      { label: 'Rows', value: totals.rows.toLocaleString('en-GB') },
      ...totals.whats.map(({ what, count }) => ({ label: what, value: count.toLocaleString('en-GB') })),
      { label: 'Head of the audit trail at that moment', value: headWords(head) },
    ],
    columns: [
      { label: 'When', width: 13 },
      { label: 'What', width: 12 },
      { label: 'Who', width: 17 },
      { label: 'Subject', width: 18 },
      { label: 'Details', width: 40 },
    ],
    rows: rows(),
    footer: `${span.houseName} · Audit report ${span.fromDay} to ${span.toDay} · trail ${headWords(head)}`,
  })
  return { name: nameOf(input.kind, span, 'pdf'), stream }
}

const nameOf = (kind: ReportKind, span: Span, ending: string): string => `audit-${kind}-${span.fromDay}-to-${span.toDay}.${ending}`
