import type { Language } from '../../kernel/language.ts'
import { settles } from './barred.ts'
import type { Release } from './known.ts'
import { namesIn, sayRights } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'

/** What a consent says of a child, of AI and of sensitive subjects: what it does not name, it does not cover. */
export function consentInWords(release: Release, language: Language = 'en'): string[] {
  if (!settles(release)) return []
  const { minor, guardian, aiUses, sensitive } = release
  const t = sayRights(language)
  const named = industries.codesOf(sensitive).map(namesIn(language).industry).join(', ')
  return [
    ...(minor ? [guardian ? t('consent.guardian', { name: guardian }) : t('consent.child')] : []),
    t(aiUses ? 'consent.ai' : 'consent.no-ai'),
    minor || sensitive.isEmpty ? t('consent.nothing-sensitive') : t('consent.sensitive', { industries: named }),
  ]
}
