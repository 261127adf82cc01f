import { zoneOfHouse } from '../accounts/houses.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { isCurrency, type Currency } from '../kernel/money.ts'
import { addMonths, dayOf, startOfDay } from '../kernel/period.ts'
import { canonical, type Json } from '../kernel/canonical.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import { readPriceBook } from '../licensing/price-books.ts'
import { pricedTerms, widenedBy } from './rules/price-snapshot.ts'
import type { LicenceModel } from '../licensing/rules/models.ts'
import { priceOf, priceRecord, type PriceBook } from '../licensing/rules/pricing.ts'

/** A line that was paid for, as far as prices go. */
interface SoldLine {
  id: string
  model: LicenceModel
  terms: unknown
  price: unknown
  priceBookId: string
  paidAt: Date
  currency: string
  orderId: string
  orderNumber: string
  title: string
}

export interface PriceEffect {
  currency: Currency
  /** Lines paid in the twelve months, and how many could be priced by both books. */
  lines: number
  compared: number
  before: bigint
  after: bigint
  dearer: number
  cheaper: number
  same: number
  months: { month: string; before: bigint; after: bigint }[]
  /** The lines that change most, in either direction. */
  most: { orderId: string; orderNumber: string; title: string; scope: string; before: bigint; after: bigint }[]
  /** Lines whose price, computed again from their own version, is not what was asked then. */
  replayed: { checked: number; wrong: string[] }
  /** The oldest sales were left out: there are more than one page can compute. */
  cut: boolean
}

const batch = 1_000
const mostLines = 50_000
const shown = 10

/**
 * What last year's sales would have cost under each of two books, and whether each of them still replays to what was asked.
 * Reads the lines in batches, newest first; amounts in the currency of the books.
 */
export async function priceEffect(ctx: Ctx<'db' | 'clock' | 'actor'>, before: PriceBook, after: PriceBook): Promise<PriceEffect> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR', 'FINANCE')) throw new Refusal('forbidden', 'see sales')
  const zone = await zoneOfHouse(ctx)
  const today = dayOf(ctx.clock.now(), zone)
  const since = startOfDay(addMonths(today, -12), zone)
  const months = new Map(
    Array.from({ length: 13 }, (_, i) => [addMonths(`${today.slice(0, 7)}-01`, i - 12).slice(0, 7), { before: 0n, after: 0n }]),
  )
  const effect: PriceEffect = {
    currency: after.currency,
    lines: 0,
    compared: 0,
    before: 0n,
    after: 0n,
    dearer: 0,
    cheaper: 0,
    same: 0,
    months: [],
    most: [],
    replayed: { checked: 0, wrong: [] },
    cut: false,
  }
  const books = new Map<string, PriceBook>()
  for (let cursor: { paidAt: Date; id: string } | null = null; ;) {
    const lines: SoldLine[] = await soldLines(ctx, since, cursor)
    await learnBooks(ctx, books, lines)
    for (const line of lines) {
      effect.lines++
      replay(effect, books.get(line.priceBookId), line)
      compare(effect, months, before, after, line, zone)
    }
    const last = lines.at(-1)
    effect.cut = lines.length === batch && effect.lines >= mostLines
    if (!last || lines.length < batch || effect.cut) break
    cursor = { paidAt: last.paidAt, id: last.id }
  }
  effect.most.sort(byMove)
  effect.months = [...months].map(([month, sums]) => ({ month, ...sums }))
  return effect
}

const soldLines = ({ db, actor }: Ctx<'db' | 'actor'>, since: Date, after: { paidAt: Date; id: string } | null) =>
  db.$queryRaw<SoldLine[]>`
    SELECT l.id, l.model::text, l.terms, l.price, l.price_book_id AS "priceBookId", o.paid_at AS "paidAt", o.currency, o.id AS "orderId", o.number AS "orderNumber", l.title
    FROM orders o JOIN order_lines l ON l.order_id = o.id
    WHERE o.house_id = ${actor.houseId} AND o.paid_at >= ${since}
      AND (${after === null} OR (o.paid_at, l.id) < (${after?.paidAt ?? null}::timestamptz, ${after?.id ?? null}::text))
    ORDER BY o.paid_at DESC, l.id DESC LIMIT ${batch}`

/** The versions that the lines were priced by, each read once. */
async function learnBooks({ db, actor }: Ctx<'db' | 'actor'>, books: Map<string, PriceBook>, lines: readonly SoldLine[]): Promise<void> {
  const unknown = [...new Set(lines.map(({ priceBookId }) => priceBookId))].filter((id) => !books.has(id))
  if (unknown.length === 0) return
  const rows = await db.priceBook.findMany({ where: { id: { in: unknown }, houseId: actor.houseId }, select: { id: true, book: true } })
  for (const row of rows) books.set(row.id, readPriceBook(row))
}

/** The factor of the picture on the day of sale stands in the price that was kept. */
export const assetFactorOf = (price: unknown): number => {
  const { quote } = price as { quote?: { parts?: { axis: string; bp: number | null }[] } }
  return quote?.parts?.find(({ axis }) => axis === 'asset')?.bp ?? 10_000
}

function replay({ replayed }: PriceEffect, book: PriceBook | undefined, line: SoldLine): void {
  const { quote } = line.price as { quote?: Json }
  if (!book || quote === undefined || !isCurrency(line.currency)) return
  replayed.checked++
  const again = priceOf(book, inputOf(line, line.currency))
  if (canonical(priceRecord(again)) !== canonical(quote) && replayed.wrong.length < shown) replayed.wrong.push(line.orderNumber)
}

const inputOf = (line: SoldLine, currency: Currency) => ({
  model: line.model,
  terms: pricedTerms<ScopeTerms>(line),
  assetFactorBp: assetFactorOf(line.price),
  currency,
})

function compare(
  effect: PriceEffect,
  months: Map<string, { before: bigint; after: bigint }>,
  before: PriceBook,
  after: PriceBook,
  line: SoldLine,
  zone: string,
): void {
  // Two books in different currencies are not comparable by one figure.
  if (before.currency !== after.currency) return
  // A widening is paid by its difference, under the prices of the licence that it widens: by itself it would count that one twice.
  if (widenedBy(line)) return
  const [old, now] = [before, after].map((book) => priceOf(book, inputOf(line, book.currency)).total.minor) as [bigint, bigint]
  effect.compared++
  effect.before += old
  effect.after += now
  if (now > old) effect.dearer++
  else if (now < old) effect.cheaper++
  else effect.same++
  const month = months.get(dayOf(line.paidAt, zone).slice(0, 7))
  if (month) {
    month.before += old
    month.after += now
  }
  if (now === old) return
  const row = { orderId: line.orderId, orderNumber: line.orderNumber, title: line.title, scope: '', before: old, after: now }
  effect.most.push({ ...row, scope: summariseScope(line.terms as ScopeTerms) })
  if (effect.most.length > shown) effect.most.sort(byMove).length = shown
}

const moved = ({ before, after }: { before: bigint; after: bigint }) => (after > before ? after - before : before - after)
const byMove = (a: PriceEffect['most'][number], b: PriceEffect['most'][number]) => (moved(b) > moved(a) ? 1 : moved(b) < moved(a) ? -1 : 0)
