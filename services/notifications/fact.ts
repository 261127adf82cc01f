import type { Json } from '../kernel/canonical.ts'

/** A fact as it is read back from the trail by those who react to it. */
export interface RecordedFact {
  id: string
  type: string
  at: Date
  subject: { kind: string; id: string }
  /** The person who did it, when a person did. */
  actorId: string | null
  data: Readonly<Record<string, Json | undefined>>
}

/** A text member of the fact's data, or nothing. */
export const textOf = (fact: RecordedFact, member: string): string | null => {
  const value = fact.data[member]
  return typeof value === 'string' && value !== '' ? value : null
}
