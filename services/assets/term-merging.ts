import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo, violates } from '../platform/db.ts'
import { applyBulkEdit, bulkEditor, mostAtOnce, previewBulkEdit } from './bulk-edits.ts'
import { pathOf } from './rules/term-tree.ts'
import type { MergeKept } from './term-returning.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
export type MergeTermsError = 'same-term' | 'other-vocabulary' | 'already-retired' | 'stands-below' | 'too-many-selected'

/**
 * Two terms become one: the first is retired and replaced by the second, what stood below it stands below the second, and every
 * record that holds the first holds the second instead: as a bulk edit, which shows how far it is and can be taken back.
 */
export async function mergeTerms(
  ctx: Tx,
  { fromId, intoId }: { fromId: string; intoId: string },
): Promise<Result<{ editId: string | null }, MergeTermsError>> {
  const { houseId } = bulkEditor(ctx)
  if (fromId === intoId) return fail('same-term')
  const used = await ctx.db.assetTerm.findMany({
    where: { termId: fromId, houseId },
    select: { assetId: true },
    distinct: ['assetId'],
    take: mostAtOnce + 1,
  })
  if (used.length > mostAtOnce) return fail('too-many-selected')
  const retired = await retire(ctx, houseId, fromId, intoId)
  if (!retired.ok) return retired
  if (used.length === 0) return ok({ editId: null })
  const preview = await previewBulkEdit(ctx, {
    ids: used.map(({ assetId }) => assetId),
    changes: [{ field: '*', op: 'move-term', from: fromId, into: intoId }],
    merge: { ...retired.value },
  })
  if (!preview.ok) return ok({ editId: null })
  await applyBulkEdit(ctx, { editId: preview.value.editId })
  return ok({ editId: preview.value.editId })
}

async function retire(
  ctx: Tx,
  houseId: string,
  fromId: string,
  intoId: string,
): Promise<Result<MergeKept, Exclude<MergeTermsError, 'too-many-selected' | 'same-term'>>> {
  type Outcome = Result<MergeKept, Exclude<MergeTermsError, 'too-many-selected' | 'same-term'>>
  try {
    return await inTransactionOrUndo(ctx, async (tx): Promise<Outcome> => {
      const found = await tx.db.vocabularyTerm.findMany({
        where: { id: { in: [fromId, intoId] }, houseId },
        select: { id: true, vocabularyId: true },
      })
      if (found.length < 2) throw new Refusal('not-found', 'terms to merge')
      const vocabularyId = found[0]?.vocabularyId ?? ''
      if (found.some((term) => term.vocabularyId !== vocabularyId)) return fail('other-vocabulary')
      await tx.db.$queryRaw`SELECT 1 AS locked FROM vocabularies WHERE id = ${vocabularyId} FOR NO KEY UPDATE`
      const terms = await tx.db.vocabularyTerm.findMany({
        where: { vocabularyId },
        select: { id: true, label: true, broaderId: true, retiredAt: true },
      })
      const byId = new Map(terms.map((term) => [term.id, term]))
      const [from, into] = [byId.get(fromId), byId.get(intoId)]
      if (!from || !into || from.retiredAt || into.retiredAt) return fail('already-retired')
      const narrower = terms.filter(({ broaderId }) => broaderId === fromId).map(({ id }) => id)
      // What stands below would have to stand below itself.
      if (aboveOf(intoId, byId).includes(fromId)) return fail('stands-below', pathOf(intoId, byId))
      const at = tx.clock.now()
      await tx.db.vocabularyTerm.updateMany({ where: { id: { in: narrower } }, data: { broaderId: intoId, changedAt: at } })
      await tx.db.vocabularyTerm.update({ where: { id: fromId }, data: { retiredAt: at, replacedById: intoId, changedAt: at } })
      await record(tx, { type: 'term.merged', subject: { kind: 'term', id: fromId }, data: { from: from.label, into: into.label, intoId } })
      return ok({ fromId, intoId, narrower })
    })
  } catch (error) {
    if (violates(error, 'term_in_a_circle')) return fail('stands-below')
    throw error
  }
}

function aboveOf(id: string, terms: ReadonlyMap<string, { broaderId: string | null }>): string[] {
  const above: string[] = []
  for (let at = terms.get(id)?.broaderId ?? null; at !== null && !above.includes(at); at = terms.get(at)?.broaderId ?? null) above.push(at)
  return above
}

/** How many records have their words made anew in one transaction. */
const wordsAtOnce = 500

/** After a term, a vocabulary or a field is called something else: the words by which its records are found, some at a time. */
export async function reword(
  ctx: Ctx<'db' | 'clock'>,
  {
    houseId,
    termId,
    vocabularyId,
    fieldId,
  }: { houseId: string; termId?: string | undefined; vocabularyId?: string | undefined; fieldId?: string | undefined },
): Promise<number> {
  let after = ''
  for (let count = 0; ;) {
    const ids = await ctx.db.$queryRaw<{ id: string }[]>`
      SELECT id FROM assets a WHERE house_id = ${houseId} AND id > ${after} AND custom_fields <> '{}' AND (
        ${fieldId ?? null}::text IS NOT NULL AND custom_fields ? ${fieldId ?? ''} OR ${termId ?? null}::text IS NOT NULL AND EXISTS (SELECT FROM asset_terms t WHERE t.asset_id = a.id AND t.term_id = ${termId ?? ''})
        OR ${vocabularyId ?? null}::text IS NOT NULL AND EXISTS (SELECT FROM asset_terms t JOIN vocabulary_terms v ON v.id = t.term_id WHERE t.asset_id = a.id AND v.vocabulary_id = ${vocabularyId ?? ''}))
      ORDER BY id LIMIT ${wordsAtOnce}`
    const last = ids.at(-1)
    if (!last) return count
    after = last.id
    await inTransaction(
      ctx,
      (tx) => tx.db.$executeRaw`UPDATE assets SET custom_fields = custom_fields WHERE id = ANY(${ids.map(({ id }) => id)}::text[])`,
    )
    count += ids.length
  }
}
