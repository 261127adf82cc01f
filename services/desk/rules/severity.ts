import { workKinds, type WorkKind } from './kinds.ts'

/** How bad, the worst last: the order in which the database counts them. */
export const severities = ['routine', 'serious', 'critical'] as const
export type Severity = (typeof severities)[number]
export const isSeverity = (text: string): text is Severity => (severities as readonly string[]).includes(text)

export const always = Number.POSITIVE_INFINITY
export const never = Number.NEGATIVE_INFINITY

/** From how many days before its day a line is serious, and critical; below nought, so many days after. */
export interface Turns {
  serious: number
  critical: number
}
const turns = (serious: number, critical: number): Turns => ({ serious, critical })

/**
 * `resting`: live licences rest on it; `free`: none does. What breaks a promise that was sold is critical at once; what
 * will break one, as its day comes near; what only stops further sales, or waits for a word, never more than serious, or
 * after a long wait.
 */
const table: Record<WorkKind, { resting: Turns; free: Turns }> = {
  'contract-ends': { resting: turns(60, 14), free: turns(14, never) },
  'release-ends': { resting: turns(60, 14), free: turns(14, never) },
  'licence-ends': { resting: turns(7, never), free: turns(7, never) },
  'ban-ends': { resting: turns(never, never), free: turns(never, never) },
  'embargo-lifts': { resting: turns(3, never), free: turns(3, never) },
  'outside-contract': { resting: turns(always, always), free: turns(always, always) },
  'meets-ban': { resting: turns(always, always), free: turns(always, always) },
  'consent-withdrawn': { resting: turns(always, always), free: turns(always, always) },
  'paid-not-granted': { resting: turns(always, -3), free: turns(always, -3) },
  'nothing-held': { resting: turns(always, always), free: turns(always, -7) },
  // Somebody counts on the day that was promised for it.
  'schedule-refused': { resting: turns(always, -1), free: turns(always, -1) },
  'release-missing': { resting: turns(always, -30), free: turns(always, never) },
  unanswered: { resting: turns(-14, never), free: turns(-30, never) },
  'import-collides': { resting: turns(always, -7), free: turns(always, -7) },
  'twin-suspected': { resting: turns(-7, never), free: turns(-7, never) },
  'request-waits': { resting: turns(-2, -7), free: turns(-2, -7) },
  'change-draft': { resting: turns(-7, never), free: turns(-7, never) },
  'second-in-line': { resting: turns(never, never), free: turns(never, never) },
  // It stops nothing: what is sold was held before the file was read. But it may tell of a mistake.
  'file-rights': { resting: turns(-7, never), free: turns(-30, never) },
}

/** The table row by row, for the database to count by: one law, two readers. */
export const turnRows: readonly { kind: WorkKind; resting: boolean; serious: number; critical: number }[] = workKinds.flatMap((kind) => [
  { kind, resting: true, ...table[kind].resting },
  { kind, resting: false, ...table[kind].free },
])

const dayLength = 86_400_000
const isDue = (dueAt: Date, days: number, now: Date): boolean => dueAt.getTime() - now.getTime() <= days * dayLength

/** How bad a line is now. */
export function severityOf(line: { kind: WorkKind; dueAt: Date; licences: number }, now: Date): Severity {
  const { serious, critical } = table[line.kind][line.licences > 0 ? 'resting' : 'free']
  if (isDue(line.dueAt, critical, now)) return 'critical'
  return isDue(line.dueAt, serious, now) ? 'serious' : 'routine'
}
