import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma, prepared, statement } from '../platform/db.ts'
import { priceBook } from './price-book-schema.ts'
import type { PriceBook } from './rules/pricing.ts'

export interface PublishPriceBook {
  book: PriceBook
  note: string
  /** Absent: from now on. Never in the past: quotes have been given under the version of their day. */
  effectiveFrom?: Date
}

/** Make a new version of the prices. Versions are never changed; orders name the one that they were priced by. */
export async function publishPriceBook(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { book, note, effectiveFrom }: PublishPriceBook,
): Promise<Result<{ id: string; version: number }, 'in-the-past'>> {
  const { actor } = ctx
  if (actor.kind !== 'system' && !hasStaffRole(actor, 'RIGHTS_MANAGER')) throw new Refusal('forbidden', 'publish prices')
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const from = effectiveFrom ?? at
    if (from < at) return fail('in-the-past')
    // Two at once would take the same number: the house's row is the queue.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${actor.houseId} FOR NO KEY UPDATE`
    const last = await tx.db.priceBook.findFirst({
      where: { houseId: actor.houseId },
      orderBy: { version: 'desc' },
      select: { version: true },
    })
    const id = newId('pbk', at)
    const version = (last?.version ?? 0) + 1
    await tx.db.priceBook.create({
      data: {
        id,
        houseId: actor.houseId,
        version,
        currency: book.currency,
        book: { ...priceBook.parse(book) } as object,
        note,
        effectiveFrom: from,
        createdById: actor.kind === 'person' ? actor.userId : null,
        createdAt: at,
      },
    })
    await record(tx, {
      type: 'price-book.published',
      subject: { kind: 'price-book', id },
      data: { version, note, effectiveFrom: from.toISOString() },
    })
    return ok({ id, version })
  })
}

// A version never changes, so what was parsed once is right for ever.
const parsed = new Map<string, PriceBook>()

export function readPriceBook({ id, book }: { id: string; book: unknown }): PriceBook {
  const known = parsed.get(id)
  if (known) return known
  const read = priceBook.parse(book)
  if (parsed.size > 100) parsed.clear()
  parsed.set(id, read)
  return read
}

const inEffect = statement(
  Prisma.sql`SELECT id, version FROM price_books WHERE house_id = ${''} AND effective_from <= ${''}::timestamptz ORDER BY version DESC LIMIT 1`,
)

/** The version in effect now; undefined for a house that has published none. */
export async function currentPriceBook(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
): Promise<{ id: string; version: number; book: PriceBook } | undefined> {
  const [row] = await prepared<{ id: string; version: number }>(ctx.db, inEffect, [ctx.actor.houseId, ctx.clock.now()])
  if (!row) return undefined
  // Which one holds is asked each time; what it says is long, and read once.
  const { id, version } = row
  const book =
    parsed.get(id) ??
    readPriceBook(await ctx.db.priceBook.findFirstOrThrow({ where: { id, houseId: ctx.actor.houseId }, select: { id: true, book: true } }))
  return { id, version, book }
}
