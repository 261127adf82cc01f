import type { Tone } from '#app/components/ui/badge.tsx'
import type { Severity } from '#services/desk/rules/severity.ts'

export const severityWords: Record<Severity, string> = { critical: 'Critical', serious: 'Serious', routine: 'Routine' }
export const severityTone: Record<Severity, Tone> = { critical: 'danger', serious: 'warning', routine: 'neutral' }

/** The page of one line. */
export const lineAddress = (item: string): string => `/rights/worklist/line?${new URLSearchParams({ item })}`

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** Written here and not by the locale: server and browser carry different editions of it. */
export const monthInWords = (month: string): string => `${months[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`
export const weekdayOf = (day: string): string => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
export const dayInWords = (day: string): string => `${Number(day.slice(8))} ${monthInWords(day)}`
