import { sealWords } from '../assets/sealing.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { dayOf } from '../kernel/period.ts'
import { withdrawAssets, type Withdrawn } from '../assets/withdrawals.ts'
import { byteOrderMark, csvLine } from '../compliance/rules/csv.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { chosen } from './marks.ts'
import { mustMay } from './policy.ts'
import { usualFilter, type WorkFilter } from './rules/filter.ts'
import { kindWords } from './rules/kinds.ts'
import { settleWorklist } from './settling.ts'
import { houseDay, linesOf, type WorkLine } from './worklist.ts'
import type { WithdrawLinesError } from './worklist-errors.ts'
import type { Selection } from './worklist-schema.ts'

type Working = Ctx<'db' | 'clock' | 'actor'>

/** Take the pictures of the chosen lines off sale: all that are on sale, in one go. Which line had how many is what comes back. */
export async function withdrawLines(
  ctx: Working,
  which: Selection,
  reason: string,
): Promise<Result<Withdrawn & { lines: number }, WithdrawLinesError>> {
  mustMay(ctx.actor, 'mark-lines')
  const { houseId } = ctx.actor
  const assets = await ctx.db.$queryRaw<{ id: string; lines: bigint }[]>`
    WITH c AS MATERIALIZED (${chosen(ctx, which)})
    SELECT DISTINCT a.id, (SELECT count(*) FROM c) AS lines FROM c JOIN worklist_findings f ON f.house_id = ${houseId} AND f.item = c.item JOIN assets a ON a.no = f.asset_no`
  if (assets.length === 0) return fail('nothing-chosen')
  const outcome = await withdrawAssets(ctx, { assetIds: assets.map(({ id }) => id), reason })
  if (!outcome.ok) return outcome
  await settleWorklist(ctx)
  return ok({ ...outcome.value, lines: Number(assets[0]?.lines ?? 0n) })
}

/** The paper that a change upstream would begin with, where the chosen lines speak of one only. */
export async function paperOf(ctx: Working, which: Selection): Promise<{ by: 'contract' | 'release'; reference: string } | undefined> {
  mustMay(ctx.actor, 'mark-lines')
  const papers = await ctx.db.$queryRaw<{ kind: string; reference: string }[]>`
    SELECT DISTINCT CASE WHEN l.kind IN ('contract-ends', 'outside-contract') THEN 'contract' WHEN l.kind IN ('release-ends', 'consent-withdrawn') THEN 'release' ELSE l.kind END AS kind,
      l.reference FROM worklist_lines l WHERE l.house_id = ${ctx.actor.houseId} AND l.item IN (${chosen(ctx, which)}) LIMIT 2`
  const [paper, another] = papers
  if (!paper || another || (paper.kind !== 'contract' && paper.kind !== 'release') || paper.reference === '') return undefined
  return { by: paper.kind, reference: paper.reference }
}

const columns = [
  'kind',
  'severity',
  'day',
  'days left',
  'reference',
  'party',
  'holder',
  'pictures',
  'licences',
  'picture',
  'assignee',
  'marked',
  'until',
  'note',
  'key',
]
const cells = (line: WorkLine, zone: string): string[] => [
  kindWords[line.kind],
  line.severity,
  line.day,
  String(line.daysLeft),
  line.reference,
  line.party,
  line.holder ?? '',
  String(line.pictures),
  String(line.licences),
  line.pictures === 1 ? (line.asset?.title ?? '') : '',
  line.marked?.assignee ?? '',
  line.marked?.mark === 'DONE' ? 'dealt with' : line.marked?.mark === 'SNOOZED' ? 'put off' : '',
  line.marked?.until ? dayOf(line.marked.until, zone) : '',
  line.marked?.note ?? '',
  line.item,
]

/** The chosen lines as CSV, in batches: the length of the list is no matter of memory. */
export async function exportLines(ctx: Working, which: Selection): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  mustMay(ctx.actor, 'see-worklist')
  await settleWorklist(ctx)
  const { zone, today } = await houseDay(ctx)
  const filter: WorkFilter = 'items' in which ? { ...usualFilter, within: 365, mark: 'any' } : which.filter
  const only = 'items' in which ? new Set(which.items) : null
  await inTransaction(ctx, (tx) =>
    record(tx, {
      type: 'worklist.exported',
      subject: { kind: 'worklist', id: tx.actor.houseId },
      data: { lines: only?.size ?? 'all that match' },
    }),
  )
  async function* chunks() {
    yield byteOrderMark + csvLine(columns)
    for (let after: string | null = null; ;) {
      const page = await linesOf(ctx, filter, after, today, 1_000)
      const items = await sealWords(ctx, page.items)
      const text = items.filter(({ item }) => !only || only.has(item)).map((line) => csvLine(cells(line, zone)))
      if (text.length > 0) yield text.join('')
      if (!page.next) return
      after = page.next
    }
  }
  return { name: `worklist-${today}.csv`, chunks: chunks() }
}
