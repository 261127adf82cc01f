import { catalogue } from '#services/kernel/catalogue.ts'
import { dayInWords } from '#services/kernel/days.ts'
import { localeOf, type Language } from '#services/kernel/language.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }

export const sayLetter = catalogue({ en, de })

/** An instant for a reader whose zone we do not know: said with its zone. */
export const instant = (iso: string, language: Language = 'en'): string =>
  `${new Intl.DateTimeFormat(localeOf[language], { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`

/** A calendar day such as `2026-12-31` for a sentence that says it only where there is one. */
export const orNone = (day: string | null, language: Language): string => (day ? dayInWords(day, language) : 'none')

export const hello = (name: string | null, language: Language = 'en'): string =>
  name ? sayLetter(language)('hello', { name }) : sayLetter(language)('hello-nobody')
