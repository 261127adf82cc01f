import { useLocale } from 'use-intl'
import { languages, localeOf, type Language } from '#services/kernel/language.ts'

/** The language in which the page is written. */
export function useLanguage(): Language {
  const locale = useLocale()
  return languages.find((language) => localeOf[language] === locale) ?? 'en'
}
