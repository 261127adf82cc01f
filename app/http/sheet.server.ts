import type { SheetRefusal } from '#app/components/library/sheet-line.tsx'
import { readSheetRow, type SheetRow } from '#services/assets/schema.ts'
import { sheetFields, type SheetWords } from '#services/assets/rules/sheet-words.ts'
import { Refusal } from '#services/kernel/errors.ts'

const mostRows = 50

const wordsOf = (of: (field: string) => unknown): SheetWords =>
  Object.fromEntries(sheetFields.map((field) => [field, String(of(field) ?? '')])) as SheetWords

function drawnWith(text: unknown): SheetWords {
  try {
    const was = JSON.parse(String(text)) as Record<string, unknown> | null
    return wordsOf((field) => was?.[field])
  } catch {
    throw new Refusal('malformed', 'a line of a sheet without its beginning')
  }
}

/** A sheet as its form sends it: the lines that can be read, and what is wrong with the others. */
export function sheetOf(fields: FormData): { rows: SheetRow[]; refused: Record<string, SheetRefusal> } {
  const ids = [...new Set(fields.getAll('row').map(String))]
  if (ids.length > mostRows) throw new Refusal('malformed', 'more lines than a sheet has')
  const rows: SheetRow[] = []
  const refused: Record<string, SheetRefusal> = {}
  for (const id of ids) {
    const was = drawnWith(fields.get(`was:${id}`))
    const written = wordsOf((field) => fields.get(`${field}:${id}`))
    const read = readSheetRow(id, was, written)
    if ('row' in read) rows.push(read.row)
    else refused[id] = { problems: ['Mend the fields that are marked.'], fields: read.problems, sent: written, was }
  }
  return { rows, refused }
}
