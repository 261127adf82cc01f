import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { may, seesEmbargoed } from './policy.ts'
import { toldSql } from './sealing.ts'

export interface SuggestedKeyword {
  word: string
  /** Where it stands in a vocabulary, or null for a word of the house's own. */
  from: string | null
}
const shown = 10

/** Words for somebody who types a keyword: terms of the vocabularies first, then what the house has used before. */
export async function suggestKeywords(ctx: Ctx<'db' | 'actor'>, typed: string): Promise<SuggestedKeyword[]> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'keywords')
  const { houseId } = ctx.actor
  const text = typed.trim().slice(0, 60)
  if (text.length < 2) return []
  const begins = `${text.replace(/[\\%_]/g, '\\$&')}%`
  const within = `% ${begins}`
  const terms = await ctx.db.$queryRaw<{ word: string; from: string }[]>`
    SELECT t.label AS word, concat_ws(' › ', v.name, b.label) AS "from" FROM vocabulary_terms t JOIN vocabularies v ON v.id = t.vocabulary_id LEFT JOIN vocabulary_terms b ON b.id = t.broader_id
    WHERE t.house_id = ${houseId} AND t.retired_at IS NULL AND (t.label ILIKE ${begins} OR t.label_de ILIKE ${begins} OR t.label ILIKE ${within}
      OR EXISTS (SELECT FROM unnest(t.alt_labels) a WHERE a ILIKE ${begins}))
    ORDER BY (t.label ILIKE ${begins}) DESC, length(t.label), t.label, v.created_at LIMIT ${shown * 3}`
  // In their order first: where an embargo has to be asked about, it is asked about the words that are shown and few besides. Counted, because
  // EXISTS makes the planner hope to meet one soon, and it walks through all assets for a word that few have.
  const told = seesEmbargoed(ctx.actor)
    ? Prisma.sql`true`
    : Prisma.sql`(SELECT count(*) FROM assets a WHERE a.keywords @> ARRAY[k.word] AND a.house_id = ${houseId} AND ${toldSql(ctx.actor, 'a')}) > 0`
  const words = await ctx.db.$queryRaw<{ word: string }[]>`
    SELECT word FROM (SELECT word, plain FROM house_keywords WHERE house_id = ${houseId} AND plain LIKE search_plain(${begins}) ORDER BY length(plain), plain OFFSET 0) k
    WHERE ${told} ORDER BY length(plain), plain LIMIT ${shown}`
  // One word in several vocabularies is one keyword.
  const once = terms.filter(({ word }, at) => terms.findIndex((other) => other.word.toLowerCase() === word.toLowerCase()) === at)
  const known = new Set(once.map(({ word }) => word.toLowerCase()))
  const own = words.filter(({ word }) => !known.has(word.toLowerCase())).map(({ word }) => ({ word, from: null }))
  return [...once.slice(0, own.length > 3 ? shown - 3 : shown), ...own].slice(0, shown)
}
