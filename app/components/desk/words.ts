import type { Tone } from '#app/components/ui/badge.tsx'
import type { Severity } from '#services/desk/rules/severity.ts'

export const severityWords: Record<Severity, string> = { critical: 'Critical', serious: 'Serious', routine: 'Routine' }
export const severityTone: Record<Severity, Tone> = { critical: 'danger', serious: 'warning', routine: 'neutral' }

/** The page of one line. */
export const lineAddress = (item: string): string => `/rights/worklist/line?${new URLSearchParams({ item })}`
