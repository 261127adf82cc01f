import { wordsOf } from '#app/words/words.ts'
import type { KitChange } from '#services/catalog/kit-views.ts'
import type { Language } from '#services/kernel/language.ts'

export const fileCount = (files: number, language: Language = 'en'): string => wordsOf(language, 'portal')('files', { count: files })

/** One step of a kit's history, as a partner would say it. */
export function changeWords({ type, title }: KitChange, language: Language = 'en'): string {
  const t = wordsOf(language, 'portal')
  const named = title ? t('named', { title }) : t('a-file')
  if (type === 'kit.item-added') return t('added', { named })
  if (type === 'kit.item-removed') return t('removed', { named })
  if (type === 'kit.created') return t('begun')
  if (type === 'kit.archived') return t('put-away')
  return t('revised')
}
