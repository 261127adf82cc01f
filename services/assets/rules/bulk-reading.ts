import { opsOf, type BulkChange, type BulkField, type BulkOp, type RecordValue } from './bulk-changes.ts'
import { readKeywords } from './keyword-line.ts'

/** What a form sent under a name: nothing, one value or several. */
export type Sent = (name: string) => string[]
export type ChangesRead = { changes: BulkChange[]; problems: string[] }

const wordsOf = (texts: readonly string[]): string[] => [...new Set(texts.flatMap((text) => readKeywords(text)))]

/** A change as an address and a form name it: “keywords:add”. Null where no field or no act is called that. */
export function askedChange(asked: string, fields: ReadonlyMap<string, BulkField>): { field: BulkField | null; op: BulkOp } | null {
  if (asked === '*:move-term') return { field: null, op: 'move-term' }
  const at = asked.lastIndexOf(':')
  const field = fields.get(asked.slice(0, at))
  const op = field && opsOf(field).find((one) => one === asked.slice(at + 1))
  return field && op ? { field, op } : null
}

/** The changes that a form describes; each that cannot be read is told by its field's name. */
export function readChanges(asked: readonly string[], fields: ReadonlyMap<string, BulkField>, sent: Sent): ChangesRead {
  const changes: BulkChange[] = []
  const problems: string[] = []
  for (const one of new Set(asked)) {
    const found = askedChange(one, fields)
    if (!found) {
      problems.push('One of the fields is no longer there. Remove it and go on.')
      continue
    }
    const read = readOne(one, found.field, found.op, sent)
    if (typeof read === 'string') problems.push(`${found.field?.label ?? 'Terms'}: ${read}`)
    else changes.push(read)
  }
  return { changes, problems }
}

function readOne(asked: string, field: BulkField | null, op: BulkOp, sent: Sent): BulkChange | string {
  const values = sent(`${asked}.value`).filter((value) => value.trim() !== '')
  const [find = '', put = ''] = [sent(`${asked}.find`)[0], sent(`${asked}.put`)[0]]
  if (op === 'move-term')
    return find === '' || put === '' || find === put ? 'choose two different terms.' : { field: '*', op, from: find, into: put }
  if (!field) return 'choose a field.'
  switch (op) {
    case 'clear':
      return { field: field.name, op }
    case 'from-file':
      return { field: field.name, op, over: sent(`${asked}.over`).length > 0 }
    case 'find':
      if (find === '') return 'say what to look for.'
      return { field: field.name, op, find, put, exact: field.shape === 'terms' || sent(`${asked}.exact`).length > 0 }
    case 'add':
    case 'remove': {
      const value = field.shape === 'words' ? wordsOf(values) : values.map((word) => word.trim())
      return value.length === 0 ? `say what to ${op}.` : { field: field.name, op, value }
    }
    case 'set':
    case 'fill': {
      const value = valueOf(field, values)
      return value === null ? 'say what it is to be, or choose to empty it.' : { field: field.name, op, value }
    }
  }
}

function valueOf(field: BulkField, values: readonly string[]): RecordValue {
  const [first = ''] = values.map((value) => value.trim())
  if (field.shape === 'words') return wordsOf(values).length > 0 ? wordsOf(values) : null
  if (field.shape === 'terms') return values.length > 0 ? [...values] : null
  if (first === '') return null
  if (field.shape === 'flag' || field.shape === 'answer') return first === 'yes' ? true : first === 'no' ? false : null
  if (field.shape === 'number') return /^-?\d{1,15}([.,]\d{1,10})?$/.test(first) ? Number(first.replace(',', '.')) : null
  return first
}
