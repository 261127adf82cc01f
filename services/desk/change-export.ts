import { sealWords } from '../assets/sealing.ts'
import { byteOrderMark, csvLine } from '../compliance/rules/csv.ts'
import { Refusal } from '../kernel/errors.ts'
import { formatMoney, type Money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import { maySeeChanges } from './change-policy.ts'
import { itemsOf } from './change-views.ts'

const head = [
  'line',
  'kind',
  'title',
  'number',
  'holder',
  'model',
  'exclusive',
  'loses',
  'what',
  'from',
  'until',
  'currency_and_paid',
  'left',
  'pro_rata',
  'deliveries',
  'last_delivery',
  'suggestion',
  'decision',
  'note',
  'decided_by',
  'outcome',
]
const aChunk = 500

/** A plan as a table for other programs: every line with its loss in words, its money and its decision. Streamed. */
export async function exportChangeCsv(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  planId: string,
): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  if (!maySeeChanges(ctx.actor)) throw new Refusal('forbidden', 'see changes')
  const plan = await ctx.db.changePlan.findFirst({
    where: { id: planId, houseId: ctx.actor.houseId },
    select: { id: true, drawnAt: true, itemCount: true, reference: true },
  })
  if (!plan) throw new Refusal('not-found', `no change ${planId}`)
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })
  const amount = (of: Money | null) => (of ? formatMoney(of) : '')
  async function* chunks(): AsyncGenerator<string> {
    yield byteOrderMark + csvLine(head)
    for (let from = 0; from < (plan?.itemCount ?? 0); from += aChunk) {
      const numbers = Array.from({ length: aChunk }, (_, index) => from + index + 1)
      const items = await sealWords(
        ctx,
        await itemsOf(ctx, { id: planId, drawnAt: plan?.drawnAt ?? ctx.clock.now() }, numbers, house.timeZone),
      )
      yield items
        .map((item) =>
          csvLine([
            `${item.no}`,
            item.kind,
            item.title,
            item.facts.number ?? item.facts.reference ?? '',
            item.holder ?? '',
            item.facts.model ?? '',
            item.facts.exclusive ? 'yes' : 'no',
            item.whole ? 'whole' : 'part',
            item.parts.join(' | '),
            item.from ?? '',
            item.facts.until ?? '',
            amount(item.paid),
            amount(item.left),
            amount(item.proRata),
            `${item.deliveries?.count ?? 0}`,
            item.deliveries?.last ?? '',
            item.suggestion ?? '',
            item.decision ?? '',
            item.note,
            item.decidedBy ?? '',
            item.outcome ?? '',
          ]),
        )
        .join('')
    }
  }
  return { name: `change-${plan.reference.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40) || planId}.csv`, chunks: chunks() }
}
