import { isPerson, isStaff, type Actor } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { seesEmbargoed } from './policy.ts'
import { assetsIn, withoutWords } from './rules/sealing.ts'

/** The condition that an asset, by its name in a query, is none that an embargo keeps from who asks. */
export const toldSql = (actor: Actor, table: string): Prisma.Sql => {
  if (seesEmbargoed(actor)) return Prisma.sql`true`
  const [ends, people] = [Prisma.raw(`${table}.embargo_ends_at`), Prisma.raw(`${table}.embargo_for`)]
  return Prisma.sql`(${ends} IS NULL OR ${isPerson(actor) ? actor.userId : ''} = ANY(${people}))`
}

type Reading = Ctx<'db' | 'actor'>

/** Which of these assets an embargo keeps from who asks. */
export async function sealedAmong(ctx: Reading, assetIds: Iterable<string>): Promise<Set<string>> {
  const { actor } = ctx
  const ids = [...new Set(assetIds)]
  if (ids.length === 0 || seesEmbargoed(actor)) return new Set()
  const rows = await ctx.db.asset.findMany({
    where: {
      id: { in: ids },
      houseId: actor.houseId,
      embargoEndsAt: { not: null },
      ...(isPerson(actor) && { NOT: { embargoFor: { has: actor.userId } } }),
    },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}

/**
 * An answer to one of the staff without the words of what an embargo keeps from them. Done with every answer, at the door:
 * a view that has to remember it would one day forget. What names no asset by its id leaves its words out by itself.
 */
export async function sealWords<T>(ctx: Reading, answer: T): Promise<T> {
  if (!isStaff(ctx.actor) || seesEmbargoed(ctx.actor)) return answer
  const sealed = await sealedAmong(ctx, assetsIn(answer))
  return sealed.size === 0 ? answer : withoutWords(answer, sealed)
}
