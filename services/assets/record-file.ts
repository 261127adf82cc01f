import { csvLine } from '../compliance/rules/csv.ts'
import type { Ctx } from '../platform/context.ts'
import { bulkEditor } from './bulk-edits.ts'
import { writeKeywords } from './rules/keyword-line.ts'
import type { OwnValue, SchemaField } from './rules/own-fields.ts'
import { ownFields, ownValues, termsOfVocabularies } from './schemas.ts'
import { resolveSelection, selectionOf, type Selected } from './selections.ts'

const columns = [
  'file',
  'title',
  'description',
  'alt text',
  'keywords',
  'creator',
  'credit line',
  'copyright notice',
  'source',
  'source url',
  'date created',
  'kind',
  'audience',
  'shows people',
  'shows property',
  'editorial only',
]
const known = (answer: boolean | null): string => (answer === null ? '' : answer ? 'yes' : 'no')

/** The records of a selection as the importer of folders takes them: the columns of a sidecar, then the house's own fields by their short names. */
export async function* recordsAsCsv(ctx: Ctx<'db' | 'clock' | 'actor'>, selected: Selected): AsyncGenerator<string> {
  const { houseId } = bulkEditor(ctx)
  const fields = await ownFields(ctx, houseId)
  const terms = await termsOfVocabularies(
    ctx,
    fields.map(({ vocabularyId }) => vocabularyId),
  )
  const codes = new Map(terms.map(({ id, code }) => [id, code]))
  // Before the first line: whoever asks for a selection that is not there is told so instead of sent half a file.
  if ('selectionId' in selected) await selectionOf(ctx, selected.selectionId)
  yield `\uFEFF${csvLine([...columns, ...fields.map(({ code }) => `own:${code}`)])}`
  for await (const ids of resolveSelection(ctx, selected)) {
    const assets = await ctx.db.asset.findMany({
      where: { houseId, id: { in: ids } },
      include: { currentVersion: { select: { fileName: true } } },
    })
    const byId = new Map(assets.map((asset) => [asset.id, asset]))
    let text = ''
    for (const id of ids) {
      const asset = byId.get(id)
      if (!asset) continue
      const values = ownValues(asset.customFields)
      text += csvLine([
        asset.currentVersion?.fileName ?? '',
        asset.title,
        asset.description,
        asset.altText,
        writeKeywords(asset.keywords, '; '),
        asset.creator,
        asset.creditLine,
        asset.copyrightNotice,
        asset.source,
        asset.sourceUrl ?? '',
        asset.dateCreated ?? '',
        asset.kind.toLowerCase(),
        asset.audience.toLowerCase(),
        known(asset.showsPeople),
        known(asset.showsProperty),
        known(asset.editorialOnly),
        ...fields.map((field) => wordsIn(field, values[field.id], codes)),
      ])
    }
    yield text
  }
}

function wordsIn({ type }: SchemaField, value: OwnValue | undefined, codes: ReadonlyMap<string, string>): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map((id) => codes.get(id) ?? id).join('; ')
  return type === 'YES_NO' ? (value === true ? 'yes' : 'no') : String(value)
}
