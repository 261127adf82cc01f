import type { Json } from '../../kernel/canonical.ts'

export interface RecordEdit {
  at: Date
  changes: Readonly<Record<string, { from: Json; to: Json }>>
}
export type RecordFields = Readonly<Record<string, Json>>

/** The record as it was at an instant: as it is now, with every later edit taken back, the latest first. */
export function recordAsOf(now: RecordFields, edits: readonly RecordEdit[], at: Date): RecordFields {
  const later = edits.filter((edit) => edit.at > at).sort((a, b) => b.at.getTime() - a.at.getTime())
  const then: Record<string, Json> = { ...now }
  for (const { changes } of later) for (const [field, { from }] of Object.entries(changes)) then[field] = from
  return then
}

export interface FieldDifference {
  field: string
  from: Json
  to: Json
}

/** Fields in which two records differ, by name. */
export function fieldDifferences(from: RecordFields, to: RecordFields): FieldDifference[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()
  return names
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }))
    .filter((one) => JSON.stringify(one.from) !== JSON.stringify(one.to))
}
