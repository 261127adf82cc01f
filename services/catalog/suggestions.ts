import type { Ctx } from '../platform/context.ts'
import { noFilters } from './rules/facets.ts'
import { parseQuery } from './rules/search-query.ts'
import { searchOf } from './search-engines.ts'

/** What a half-typed question may become: whole questions with its last word completed, and pictures that it already finds. */
export interface Suggestions {
  questions: string[]
  pictures: { id: string; title: string }[]
}

/** Suggestions while somebody types; none before the second letter. */
export async function suggest(ctx: Ctx<'db' | 'actor' | 'clock'> & Partial<Ctx<'search'>>, text: string): Promise<Suggestions> {
  const query = parseQuery(text)
  const last = query.terms.at(-1)
  const typed = last?.words.at(-1) ?? ''
  if (!last || last.exclude || typed.length < 2) return { questions: [], pictures: [] }
  const { houseId } = ctx.actor
  const [words, found] = await Promise.all([
    last.prefix
      ? ctx.db.$queryRaw<{ word: string }[]>`
          SELECT word FROM search_words, LATERAL (SELECT search_plain(${typed}) AS start) s
          WHERE house_id = ${houseId} AND word >= start AND word < start || U&'\\FFFF' AND word <> start ORDER BY times DESC, word LIMIT 6`
      : [],
    searchOf(ctx).find({
      houseId,
      query,
      filters: noFilters(),
      rights: { filter: null, count: [] },
      sort: 'relevance',
      offset: 0,
      limit: 4,
      counted: [],
    }),
  ])
  const pictures = await ctx.db.asset.findMany({
    where: { id: { in: found.ids }, houseId, state: 'PUBLISHED', audience: 'STORE' },
    select: { id: true, title: true },
  })
  const before = query.text.slice(0, query.text.length - typed.length)
  return {
    questions: words.map(({ word }) => `${before}${word}`),
    pictures: found.ids.flatMap((id) => pictures.find((picture) => picture.id === id) ?? []),
  }
}
