import { Refusal } from '#services/kernel/errors.ts'
import { selection, type Selection } from '#services/desk/worklist-schema.ts'

/** Which lines an address or a form names. */
export function selectionOf(fields: URLSearchParams | FormData): Selection {
  const all = fields.get('all')
  const parsed = selection.safeParse({
    item: fields.getAll('item').map(String),
    ...(all && { all: String(all) }),
    filter: String(fields.get('filter') ?? ''),
  })
  if (!parsed.success) throw new Refusal('malformed', 'which lines?')
  return parsed.data
}
