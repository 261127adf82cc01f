import { byLook, printOfVersion, signed } from '../assets/lookups.ts'
import { lookDistance } from '../assets/rules/look.ts'
import type { Ctx } from '../platform/context.ts'
import { formsOf, rowsOf, wordsIn } from '../platform/tagger/word-matches.ts'
import type { Neighbour, TaggerAsk } from '../platform/tagger/tagger.ts'
import { foldersOf, nameOf } from './rules/paths.ts'

type Asking = Ctx<'db' | 'actor'>

/** The asset as it is asked about. */
export interface Asked {
  assetId: string
  versionId: string
  fileName: string
  text: string
  creator: string
  dateCreated: string | null
}
export interface HouseTerm {
  term: string
  names: string[]
  /** Where it stands in a vocabulary; null for a keyword of the house's own. */
  place: { termId: string; vocabularyId: string } | null
}
interface Folder {
  importId: string
  path: string
}

/** The folder in which a file came, if it came in one. */
async function folderOf(ctx: Asking, assetId: string): Promise<Folder | null> {
  return ctx.db.folderFile.findFirst({
    where: { assetId, import: { houseId: ctx.actor.houseId } },
    orderBy: { at: 'desc' },
    select: { importId: true, path: true },
  })
}

/** Everything that is written about a picture outside its record. */
export function wordsAbout({ fileName, text }: Asked, folder: Folder | null): TaggerAsk['words'] {
  const found = [
    { from: 'FILE_NAME' as const, text: nameOf(fileName) },
    { from: 'SEEN' as const, text },
    { from: 'FOLDER' as const, text: folder ? foldersOf(folder.path) : '' },
  ]
  return found.filter((one) => one.text !== '')
}

const mostForms = 6_000
const mostWords = 250

/** Terms of the house's vocabularies and its own keywords that some words might mean, under any of their names, in either language. */
export async function termsFor(ctx: Asking, words: TaggerAsk['words']): Promise<HouseTerm[]> {
  const { houseId } = ctx.actor
  const rows = new Set(words.flatMap(({ text }) => rowsOf(wordsIn(text).slice(0, mostWords))))
  const asked = [...new Set([...rows].flatMap(formsOf))].slice(0, mostForms)
  if (asked.length === 0) return []
  const [terms, own] = await Promise.all([
    ctx.db.$queryRaw<{ id: string; vocabularyId: string; term: string; names: string[] }[]>`
      WITH asked AS MATERIALIZED (SELECT DISTINCT search_plain(w) AS plain FROM unnest(${asked}::text[]) w)
      SELECT t.id, t.vocabulary_id AS "vocabularyId", t.label AS term, ARRAY[t.label, t.label_de] || t.alt_labels AS names FROM vocabulary_terms t
      WHERE t.house_id = ${houseId} AND t.retired_at IS NULL
        AND EXISTS (SELECT FROM unnest(ARRAY[t.label, t.label_de] || t.alt_labels) name WHERE search_plain(name) IN (SELECT plain FROM asked))
      ORDER BY t.id LIMIT 300`,
    ctx.db.$queryRaw<{ word: string }[]>`
      SELECT word FROM house_keywords WHERE house_id = ${houseId} AND plain IN (SELECT search_plain(w) FROM unnest(${asked}::text[]) w) ORDER BY word LIMIT 300`,
  ])
  return [
    ...terms.map(({ id, vocabularyId, term, names }) => ({ term, names: names.filter(Boolean), place: { termId: id, vocabularyId } })),
    ...own.map(({ word }) => ({ term: word, names: [word], place: null })),
  ]
}

/** Farther apart than this, two pictures have nothing in common that a person would see. */
const farthest = 400
const leastNear = 0.3
/** The same day and hand, or the same folder: often the same things, not always. */
const shootWeight = 0.5

/** Pictures near to one, by their looks and by the shoot, with what they are described by. What is under an embargo speaks to nobody. */
export async function neighboursOf(ctx: Asking, asked: Asked, folder: Folder | null): Promise<Neighbour[]> {
  const { houseId } = ctx.actor
  const sought = await printOfVersion(ctx, asked.versionId)
  const alike = sought
    ? await ctx.db.$queryRaw<{ id: string; keywords: string[]; look: Uint8Array }[]>`
        WITH found AS MATERIALIZED (${byLook(houseId, sought, 60)})
        SELECT a.id, a.keywords, p.look FROM found JOIN picture_prints p USING (version_id) JOIN assets a ON a.id = p.asset_id AND a.current_version_id = p.version_id
        WHERE a.house_id = ${houseId} AND a.id <> ${asked.assetId} AND a.state NOT IN ('ARCHIVED', 'DELETED') AND a.embargo_ends_at IS NULL AND cardinality(a.keywords) > 0`
    : []
  const shoot = await ctx.db.$queryRaw<{ id: string; keywords: string[] }[]>`
    SELECT a.id, a.keywords FROM assets a
    WHERE a.house_id = ${houseId} AND a.id <> ${asked.assetId} AND a.state NOT IN ('ARCHIVED', 'DELETED') AND a.embargo_ends_at IS NULL AND cardinality(a.keywords) > 0
      AND ((a.date_created = ${asked.dateCreated} AND length(a.date_created) = 10 AND a.creator = ${asked.creator} AND ${asked.creator} <> '')
        OR a.id IN (SELECT f.asset_id FROM folder_files f WHERE f.import_id = ${folder?.importId ?? ''} AND f.path LIKE ${beginning(folder)} AND strpos(f.path, '/') > 0))
    ORDER BY a.created_at DESC, a.id LIMIT 40`
  const near = new Map<string, Neighbour>(shoot.map(({ id, keywords }) => [id, { from: 'SHOOT', weight: shootWeight, terms: keywords }]))
  for (const { id, keywords, look } of alike) {
    const weight = sought ? 1 - lookDistance(sought.look, signed(look)) / farthest : 0
    if (weight < leastNear || weight <= (near.get(id)?.weight ?? 0)) continue
    near.set(id, { from: 'NEIGHBOURS', weight, terms: keywords })
  }
  return [...near.values()]
}

const beginning = (folder: Folder | null): string =>
  folder ? `${folder.path.slice(0, folder.path.lastIndexOf('/') + 1).replace(/[\\%_]/g, '\\$&')}%` : ''

/** All that a tagger may be asked with, and the terms of vocabularies among it. */
export async function gather(ctx: Asking, asked: Asked): Promise<{ words: TaggerAsk['words']; terms: HouseTerm[]; near: Neighbour[] }> {
  const folder = await folderOf(ctx, asked.assetId)
  const words = wordsAbout(asked, folder)
  const [terms, near] = await Promise.all([termsFor(ctx, words), neighboursOf(ctx, asked, folder)])
  return { words, terms, near }
}
