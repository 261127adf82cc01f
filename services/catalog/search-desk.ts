import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'

const size = 50
export interface Miss {
  text: string
  times: number
  lastAt: Date
}

const encode = ({ lastAt, text }: Miss): string => Buffer.from(JSON.stringify([lastAt.getTime(), text])).toString('base64url')
/** Undefined for a cursor that we did not make: the list starts at its beginning. */
function decode(cursor: string | null): { at: Date; text: string } | undefined {
  try {
    const [at, text] = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as [unknown, unknown]
    return typeof at === 'number' && at >= 0 && at < 8.64e15 && typeof text === 'string' && !text.includes('\0')
      ? { at: new Date(at), text }
      : undefined
  } catch {
    return undefined
  }
}

/** What people looked for in vain, the latest first, and the words that are taken for the same. */
export async function searchDesk(ctx: Ctx<'db' | 'actor'>, after: string | null) {
  if (!hasStaffRole(ctx.actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'see searches')
  const { houseId } = ctx.actor
  const from = decode(after)
  const [misses, synonyms, index] = await Promise.all([
    ctx.db.$queryRaw<Miss[]>`
      SELECT text, times, last_at AS "lastAt" FROM search_misses WHERE house_id = ${houseId}
        ${from ? Prisma.sql`AND (last_at, text) < (${from.at}::timestamptz, ${from.text})` : Prisma.empty}
      ORDER BY last_at DESC, text DESC LIMIT ${size + 1}::int`,
    ctx.db.searchSynonym.findMany({
      where: { houseId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 500,
      select: { id: true, words: true },
    }),
    ctx.db.searchIndex.findUnique({ where: { houseId }, select: { checkedAt: true, drifted: true, learns: true } }),
  ])
  const items = misses.slice(0, size)
  const last = items.at(-1)
  return { misses: { items, next: misses.length > size && last ? encode(last) : null }, synonyms, index }
}
