import type { Language } from './language.ts'
import type { Day } from './period.ts'

/** Written here and not by `Intl`: server and browser carry different editions of the names, and a page is put together by both. */
const months: Record<Language, readonly string[]> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  de: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
}
const short: Record<Language, readonly string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
  de: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
}

/** `2026-12-31` as `31 December 2026` or `31. Dezember 2026`, without a detour over instants and zones. */
export function dayInWords(day: Day, language: Language = 'en'): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}${language === 'de' ? '.' : ''} ${months[language][(month ?? 1) - 1]} ${year}`
}

/** The same with the month cut short, for tables and lines: `31 Dec 2026`, `31. Dez. 2026`. */
export const dayInShort = (year: number, month: number, date: number, language: Language = 'en'): string =>
  `${date}${language === 'de' ? '.' : ''} ${short[language][month - 1]} ${year}`

/** The days of a week, Monday first. */
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export const weekdayOf = (day: Day): string => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? ''

/** `2026-12` as `December 2026`. */
export const monthInWords = (month: string, language: Language = 'en'): string =>
  `${months[language][Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`
