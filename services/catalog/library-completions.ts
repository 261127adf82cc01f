import { may, seesEmbargoed } from '../assets/policy.ts'
import { toldSql } from '../assets/sealing.ts'
import type { Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { countLibrary } from './library-search.ts'
import { libraryField, libraryFields } from './rules/library-fields.ts'
import { plainValue, printValue } from './rules/library-query.ts'
import { readLibraryWish } from './rules/library-wish.ts'

type Completing = Ctx<'db' | 'clock' | 'actor'>

export interface Completion {
  /** What is put in place of what was typed. */
  insert: string
  label: string
  hint: string
}

/** Where names are kept that begin so, by the kind of name that a field wants. */
const sources: Record<'creator' | 'person' | 'collection' | 'kit' | 'term', (actor: Actor, like: string) => Prisma.Sql> = {
  creator: (actor, like) =>
    Prisma.sql`SELECT DISTINCT trim(creator) AS name FROM (SELECT creator FROM assets WHERE house_id = ${actor.houseId} AND creator ILIKE ${like} AND creator ~ '\\S' AND ${toldSql(actor, 'assets')} LIMIT 2000) c`,
  person: ({ houseId }, like) =>
    Prisma.sql`SELECT DISTINCT u.name FROM users u JOIN members m ON m.user_id = u.id WHERE m.house_id = ${houseId} AND m.org_id = ${houseId} AND u.name ILIKE ${like}`,
  collection: ({ houseId }, like) =>
    Prisma.sql`SELECT title AS name FROM collections WHERE house_id = ${houseId} AND archived_at IS NULL AND title ILIKE ${like}`,
  kit: ({ houseId }, like) =>
    Prisma.sql`SELECT title AS name FROM brand_kits WHERE house_id = ${houseId} AND archived_at IS NULL AND title ILIKE ${like}`,
  term: ({ houseId }, like) =>
    Prisma.sql`SELECT label AS name FROM vocabulary_terms WHERE house_id = ${houseId} AND retired_at IS NULL AND label ILIKE ${like}`,
}

/** What may come next at the caret: fields, or values of one. */
export async function completeLibrary(ctx: Completing, { field, typed }: { field: string | null; typed: string }): Promise<Completion[]> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  const start = typed.toLowerCase()
  if (field === null) return start.length < 2 ? [] : fieldsAndWords(ctx, start)
  const known = libraryField(field)
  if (known?.type === 'choice')
    return known.choices
      .filter(({ value, label }) => value.startsWith(start) || label.toLowerCase().startsWith(start))
      .map(({ value, label }) => ({ insert: value, label: value, hint: label }))
  const source = known?.type === 'name' ? known.of : known?.name === 'creator' ? 'creator' : null
  if (!source) return []
  const like = `${start.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await ctx.db.$queryRaw<{ name: string }[]>`${sources[source](ctx.actor, like)} ORDER BY 1 LIMIT 10`
  return rows.map(({ name }) => ({ insert: printValue(plainValue(name)), label: name, hint: '' }))
}

async function fieldsAndWords(ctx: Completing, start: string): Promise<Completion[]> {
  const fields = libraryFields
    .filter(({ name, aliases }) => [name, ...aliases].some((one) => one.startsWith(start)))
    .map(({ name, label, hint }) => ({ insert: `${name}:`, label: `${name}:`, hint: `${label}: ${hint}` }))
  const words = await ctx.db.$queryRaw<{ word: string }[]>`
    SELECT word FROM library_words WHERE house_id = ${ctx.actor.houseId} AND word >= search_plain(${start}) AND word < search_plain(${start}) || U&'\\FFFF' ORDER BY times DESC LIMIT 6`
  // A word may stand only in what an embargo keeps from who types: those that find nothing for them are not offered.
  const finds = seesEmbargoed(ctx.actor)
    ? []
    : await countLibrary(
        ctx,
        words.map(({ word }) => readLibraryWish(new URLSearchParams({ text: word }))),
      )
  const offered = words.filter((_, at) => finds[at] !== 0)
  return [...fields.slice(0, 4), ...offered.map(({ word }) => ({ insert: `${word} `, label: word, hint: '' }))]
}
