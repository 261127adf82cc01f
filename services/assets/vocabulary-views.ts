import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { may, mayKeepSchemas } from './policy.ts'
import type { TermRow, VocabularyWords } from './rules/skos.ts'
import { inOrder } from './rules/term-tree.ts'

type Reading = Ctx<'db' | 'actor'>
function seeing(ctx: Ctx<'actor'>): string {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'vocabularies')
  return ctx.actor.houseId
}

/** Every vocabulary of the house, with how much it holds and how much it is used. */
export async function vocabularyList(ctx: Reading) {
  const houseId = seeing(ctx)
  const [vocabularies, counts, fields] = await Promise.all([
    ctx.db.vocabulary.findMany({
      where: { houseId },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      select: { id: true, code: true, name: true, nameDe: true, tree: true, source: true },
    }),
    ctx.db.$queryRaw<{ id: string; terms: number; uses: number }[]>`
      SELECT v.id, (SELECT count(*) FROM vocabulary_terms t WHERE t.vocabulary_id = v.id AND t.retired_at IS NULL)::int AS terms,
        (SELECT count(DISTINCT a.asset_id) FROM vocabulary_terms t JOIN asset_terms a ON a.term_id = t.id WHERE t.vocabulary_id = v.id)::int AS uses
      FROM vocabularies v WHERE v.house_id = ${houseId}`,
    ctx.db.ownField.findMany({ where: { houseId, vocabularyId: { not: null } }, select: { vocabularyId: true, label: true } }),
  ])
  const of = new Map(counts.map((count) => [count.id, count]))
  return {
    vocabularies: vocabularies.map((vocabulary) => ({
      ...vocabulary,
      terms: of.get(vocabulary.id)?.terms ?? 0,
      uses: of.get(vocabulary.id)?.uses ?? 0,
      fields: fields.flatMap(({ vocabularyId, label }) => (vocabularyId === vocabulary.id ? [label] : [])),
    })),
    mayKeep: mayKeepSchemas(ctx.actor),
  }
}

async function vocabularyOf(ctx: Reading, vocabularyId: string) {
  const vocabulary = await ctx.db.vocabulary.findFirst({
    where: { id: vocabularyId, houseId: seeing(ctx) },
    select: { id: true, code: true, name: true, nameDe: true, notes: true, tree: true, source: true, uri: true },
  })
  if (!vocabulary) throw new Refusal('not-found', `no vocabulary ${vocabularyId}`)
  return vocabulary
}

/** One vocabulary with its terms in order, each with its place and how often it is used. */
export async function vocabularyPage(ctx: Reading, vocabularyId: string) {
  const vocabulary = await vocabularyOf(ctx, vocabularyId)
  const [terms, uses] = await Promise.all([
    ctx.db.vocabularyTerm.findMany({
      where: { vocabularyId },
      select: { id: true, code: true, label: true, labelDe: true, altLabels: true, broaderId: true, retiredAt: true, replacedById: true },
    }),
    ctx.db.$queryRaw<{ id: string; uses: number }[]>`
      SELECT t.id, count(DISTINCT a.asset_id)::int AS uses FROM vocabulary_terms t JOIN asset_terms a ON a.term_id = t.id WHERE t.vocabulary_id = ${vocabularyId} GROUP BY t.id`,
  ])
  const usesOf = new Map(uses.map((use) => [use.id, use.uses]))
  const labels = new Map(terms.map(({ id, label }) => [id, label]))
  return {
    vocabulary,
    terms: inOrder(terms).map(({ retiredAt, replacedById, ...term }) => ({
      ...term,
      retired: retiredAt !== null,
      replacedBy: replacedById ? (labels.get(replacedById) ?? null) : null,
      uses: usesOf.get(term.id) ?? 0,
    })),
    mayKeep: mayKeepSchemas(ctx.actor),
  }
}

/** One term, for the page on which it is changed: with its siblings to choose from, and the merges in which it took part. */
export async function termPage(ctx: Reading, termId: string) {
  const houseId = seeing(ctx)
  const term = await ctx.db.vocabularyTerm.findFirst({ where: { id: termId, houseId } })
  if (!term) throw new Refusal('not-found', `no term ${termId}`)
  const page = await vocabularyPage(ctx, term.vocabularyId)
  const merge = await ctx.db.bulkEdit.findFirst({
    where: { houseId, merge: { path: ['fromId'], equals: termId } },
    orderBy: { createdAt: 'desc' },
    select: { id: true, state: true },
  })
  const { createdAt: _created, changedAt: _changed, houseId: _house, ...words } = term
  return { ...page, term: { ...words, uses: page.terms.find(({ id }) => id === termId)?.uses ?? 0 }, merge }
}

/** A vocabulary as files exchange it: by codes. */
export async function vocabularyFile(ctx: Reading, vocabularyId: string): Promise<{ words: VocabularyWords; rows: TermRow[] }> {
  const { id: _id, tree: _tree, ...words } = await vocabularyOf(ctx, vocabularyId)
  const terms = await ctx.db.vocabularyTerm.findMany({ where: { vocabularyId } })
  const codes = new Map(terms.map(({ id, code }) => [id, code]))
  return {
    words,
    rows: inOrder(terms).map(({ code, label, labelDe, altLabels, notes, uri, broaderId, retiredAt, replacedById }) => ({
      code,
      label,
      labelDe,
      altLabels,
      notes,
      uri,
      broader: codes.get(broaderId ?? '') ?? null,
      retired: retiredAt !== null,
      replacedBy: codes.get(replacedById ?? '') ?? null,
    })),
  }
}
