import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, violates } from '../platform/db.ts'
import { enqueueReword } from './jobs.ts'
import { mayKeepSchemas } from './policy.ts'
import type { TermRow } from './rules/skos.ts'
import type { AddTerm, ChangeTerm, ChangeVocabulary, CreateVocabulary } from './vocabulary-schema.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
export type AddTermError = 'code-taken' | 'in-a-list' | 'no-such-broader'
export type ChangeTermError = 'in-a-circle' | 'in-a-list' | 'no-such-broader'
export type RetireTermError = 'already-retired' | 'no-such-successor'
export type ImportTermsError = 'in-a-circle' | 'in-a-list'

const keeping = (ctx: Ctx<'actor'>): string => {
  if (!mayKeepSchemas(ctx.actor)) throw new Refusal('forbidden', 'keep vocabularies')
  return ctx.actor.houseId
}

/** A new list or tree of terms, still empty. */
export async function createVocabulary(
  ctx: Tx,
  { source = '', uri = '', ...input }: CreateVocabulary & { source?: string; uri?: string },
): Promise<Result<{ vocabularyId: string }, 'code-taken'>> {
  const houseId = keeping(ctx)
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const id = newId('voc', at)
    const { count } = await tx.db.vocabulary.createMany({
      data: { ...input, source, uri, id, houseId, createdAt: at, changedAt: at },
      skipDuplicates: true,
    })
    if (count === 0) return fail('code-taken')
    await record(tx, { type: 'vocabulary.created', subject: { kind: 'vocabulary', id }, data: { name: input.name, tree: input.tree } })
    return ok({ vocabularyId: id })
  })
}

/** What a vocabulary is called. Its short name stays: files and addresses know it. */
export async function changeVocabulary(ctx: Tx, { vocabularyId, ...words }: ChangeVocabulary): Promise<void> {
  const houseId = keeping(ctx)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.vocabulary.updateMany({
      where: { id: vocabularyId, houseId },
      data: { ...words, changedAt: tx.clock.now() },
    })
    if (count === 0) throw new Refusal('not-found', `no vocabulary ${vocabularyId}`)
    await record(tx, { type: 'vocabulary.changed', subject: { kind: 'vocabulary', id: vocabularyId }, data: words })
  })
}

async function vocabularyOf(tx: Tx, houseId: string, vocabularyId: string) {
  const vocabulary = await tx.db.vocabulary.findFirst({
    where: { id: vocabularyId, houseId },
    select: { id: true, tree: true, name: true },
  })
  if (!vocabulary) throw new Refusal('not-found', `no vocabulary ${vocabularyId}`)
  return vocabulary
}

async function termOf(tx: Tx, houseId: string, termId: string) {
  await tx.db.$queryRaw`SELECT 1 AS locked FROM vocabulary_terms WHERE id = ${termId} AND house_id = ${houseId} FOR NO KEY UPDATE`
  const term = await tx.db.vocabularyTerm.findFirst({ where: { id: termId, houseId } })
  if (!term) throw new Refusal('not-found', `no term ${termId}`)
  return term
}

const standsIn = async (tx: Tx, vocabularyId: string, termId: string): Promise<boolean> =>
  (await tx.db.vocabularyTerm.count({ where: { id: termId, vocabularyId } })) === 1

const slugOf = (label: string): string =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'term'

/** A new term. Without a code of its own it takes one from its label. */
export async function addTerm(
  ctx: Tx,
  { vocabularyId, code, broaderId, ...words }: AddTerm,
): Promise<Result<{ termId: string }, AddTermError>> {
  const houseId = keeping(ctx)
  return inTransaction(ctx, async (tx): Promise<Result<{ termId: string }, AddTermError>> => {
    const vocabulary = await vocabularyOf(tx, houseId, vocabularyId)
    if (broaderId && !vocabulary.tree) return fail('in-a-list')
    if (broaderId && !(await standsIn(tx, vocabularyId, broaderId))) return fail('no-such-broader')
    const at = tx.clock.now()
    const id = newId('trm', at)
    const { count } = await tx.db.vocabularyTerm.createMany({
      data: {
        ...words,
        id,
        houseId,
        vocabularyId,
        code: code || slugOf(words.label),
        broaderId: broaderId || null,
        createdAt: at,
        changedAt: at,
      },
      skipDuplicates: true,
    })
    if (count === 0) return fail('code-taken')
    await record(tx, { type: 'term.added', subject: { kind: 'term', id }, data: { vocabularyId, label: words.label } })
    return ok({ termId: id })
  })
}

/** A term's words and its place. Of two who move terms below each other at once, the second is refused by the database. */
export async function changeTerm(
  ctx: Tx,
  { termId, broaderId, ...words }: ChangeTerm,
): Promise<Result<{ termId: string }, ChangeTermError>> {
  return write(ctx, termId, { ...words, broaderId: broaderId || null })
}

/** A term, with everything below it, to another place in the tree. */
export async function moveTerm(
  ctx: Tx,
  { termId, broaderId }: { termId: string; broaderId?: string | undefined },
): Promise<Result<{ termId: string }, ChangeTermError>> {
  return write(ctx, termId, { broaderId: broaderId || null })
}

async function write(
  ctx: Tx,
  termId: string,
  change: Partial<Omit<ChangeTerm, 'termId' | 'broaderId'>> & { broaderId: string | null },
): Promise<Result<{ termId: string }, ChangeTermError>> {
  const houseId = keeping(ctx)
  try {
    return await inTransaction(ctx, async (tx): Promise<Result<{ termId: string }, ChangeTermError>> => {
      const found = await tx.db.vocabularyTerm.findFirst({ where: { id: termId, houseId }, select: { vocabularyId: true } })
      if (!found) throw new Refusal('not-found', `no term ${termId}`)
      // The vocabulary before its terms, as the guard of the tree takes them: two movers wait, and do not wait for each other.
      await tx.db.$queryRaw`SELECT 1 AS locked FROM vocabularies WHERE id = ${found.vocabularyId} FOR NO KEY UPDATE`
      const term = await termOf(tx, houseId, termId)
      if (change.broaderId !== null && !(await standsIn(tx, term.vocabularyId, change.broaderId))) return fail('no-such-broader')
      await tx.db.vocabularyTerm.update({ where: { id: termId }, data: { ...change, changedAt: tx.clock.now() } })
      const from = { label: term.label, broaderId: term.broaderId }
      await record(tx, { type: 'term.changed', subject: { kind: 'term', id: termId }, data: { from, to: { ...change } } })
      if (change.label !== undefined) await enqueueReword(tx, { houseId, termId })
      return ok({ termId })
    })
  } catch (error) {
    if (violates(error, 'term_in_a_circle') || violates(error, 'term_stands_below_another')) return fail('in-a-circle')
    if (violates(error, 'term_in_a_list')) return fail('in-a-list')
    throw error
  }
}

/** A term that is no longer chosen; where another takes its place, forms offer that one. Records keep what they say. */
export async function retireTerm(
  ctx: Tx,
  { termId, replacedById }: { termId: string; replacedById?: string | undefined },
): Promise<Result<{ termId: string }, RetireTermError>> {
  const houseId = keeping(ctx)
  return inTransaction(ctx, async (tx): Promise<Result<{ termId: string }, RetireTermError>> => {
    const term = await termOf(tx, houseId, termId)
    if (term.retiredAt) return fail('already-retired')
    if (replacedById && (replacedById === termId || !(await standsIn(tx, term.vocabularyId, replacedById))))
      return fail('no-such-successor')
    const at = tx.clock.now()
    await tx.db.vocabularyTerm.update({ where: { id: termId }, data: { retiredAt: at, replacedById: replacedById || null, changedAt: at } })
    await record(tx, {
      type: 'term.retired',
      subject: { kind: 'term', id: termId },
      data: { label: term.label, replacedById: replacedById ?? null },
    })
    return ok({ termId })
  })
}

/** A retired term is chosen again. */
export async function restoreTerm(ctx: Tx, { termId }: { termId: string }): Promise<Result<{ termId: string }, 'not-retired'>> {
  const houseId = keeping(ctx)
  return inTransaction(ctx, async (tx) => {
    const term = await termOf(tx, houseId, termId)
    if (!term.retiredAt) return fail('not-retired')
    await tx.db.vocabularyTerm.update({ where: { id: termId }, data: { retiredAt: null, replacedById: null, changedAt: tx.clock.now() } })
    await record(tx, { type: 'term.restored', subject: { kind: 'term', id: termId }, data: { label: term.label } })
    return ok({ termId })
  })
}

/** Terms of a file into a vocabulary: what has a known code is brought up to date, what is new is added, nothing is taken away. */
export async function importTerms(
  ctx: Tx,
  { vocabularyId, rows }: { vocabularyId: string; rows: readonly TermRow[] },
): Promise<Result<{ added: number; changed: number }, ImportTermsError>> {
  const houseId = keeping(ctx)
  try {
    return await inTransaction(ctx, async (tx): Promise<Result<{ added: number; changed: number }, ImportTermsError>> => {
      await tx.db.$queryRaw`SELECT 1 AS locked FROM vocabularies WHERE id = ${vocabularyId} AND house_id = ${houseId} FOR NO KEY UPDATE`
      const vocabulary = await vocabularyOf(tx, houseId, vocabularyId)
      if (!vocabulary.tree && rows.some(({ broader }) => broader !== null)) return fail('in-a-list')
      const at = tx.clock.now()
      const file = JSON.stringify(rows.map((row) => ({ ...row, id: newId('trm', at) })))
      const [written] = await tx.db.$queryRaw<{ added: number; changed: number }[]>`
        WITH file AS (
          SELECT * FROM json_to_recordset(${file}::json) AS f (id text, code text, label text, "labelDe" text, "altLabels" text[], notes text, uri text, retired boolean)),
        written AS (
          INSERT INTO vocabulary_terms AS t (id, house_id, vocabulary_id, code, label, label_de, alt_labels, notes, uri, retired_at, created_at, changed_at)
          SELECT id, ${houseId}, ${vocabularyId}, code, label, "labelDe", "altLabels", notes, uri, CASE WHEN retired THEN ${at}::timestamptz END, ${at}::timestamptz, ${at}::timestamptz FROM file ORDER BY code
          ON CONFLICT (vocabulary_id, code) DO UPDATE SET label = EXCLUDED.label, label_de = EXCLUDED.label_de, alt_labels = EXCLUDED.alt_labels, notes = EXCLUDED.notes,
            uri = EXCLUDED.uri, retired_at = CASE WHEN EXCLUDED.retired_at IS NULL THEN NULL ELSE coalesce(t.retired_at, EXCLUDED.retired_at) END,
            replaced_by_id = CASE WHEN EXCLUDED.retired_at IS NULL THEN NULL ELSE t.replaced_by_id END, changed_at = EXCLUDED.changed_at
          RETURNING xmax = 0 AS fresh)
        SELECT count(*) FILTER (WHERE fresh)::int AS added, count(*) FILTER (WHERE NOT fresh)::int AS changed FROM written`
      // First out of the way, then to their places: two terms that change places stand below each other for no moment.
      await tx.db.$executeRaw`
        UPDATE vocabulary_terms t SET broader_id = NULL FROM json_to_recordset(${file}::json) AS f (code text) WHERE t.vocabulary_id = ${vocabularyId} AND t.code = f.code AND t.broader_id IS NOT NULL`
      await tx.db.$executeRaw`
        UPDATE vocabulary_terms t SET broader_id = b.id, replaced_by_id = r.id
        FROM json_to_recordset(${file}::json) AS f (code text, broader text, "replacedBy" text)
        LEFT JOIN vocabulary_terms b ON b.vocabulary_id = ${vocabularyId} AND b.code = f.broader
        LEFT JOIN vocabulary_terms r ON r.vocabulary_id = ${vocabularyId} AND r.code = f."replacedBy"
        WHERE t.vocabulary_id = ${vocabularyId} AND t.code = f.code AND (b.id IS NOT NULL OR r.id IS NOT NULL)`
      await record(tx, { type: 'vocabulary.imported', subject: { kind: 'vocabulary', id: vocabularyId }, data: { ...written } })
      await enqueueReword(tx, { houseId, vocabularyId })
      return ok(written ?? { added: 0, changed: 0 })
    })
  } catch (error) {
    if (violates(error, 'term_in_a_circle') || violates(error, 'term_stands_below_another')) return fail('in-a-circle')
    throw error
  }
}
