import { useTranslations } from 'use-intl'
import { useLanguage } from '#app/words/use-language.ts'
import { facets } from '#services/catalog/rules/facets.ts'
import { asksForRights } from '#services/catalog/rules/rights-wish.ts'
import type { KeptSearch } from '#services/catalog/rules/saved-question.ts'
import { namesIn } from '#services/rights/rules/scope-words.ts'
import { useValueWord } from './facet-words.ts'

/** What a kept search finds, in a line: its words, filters and the use. */
export function useKeptWords(): (wish: KeptSearch) => string {
  const t = useTranslations('saved')
  const language = useLanguage()
  const word = useValueWord({ collections: [], currency: null })
  return (wish) => {
    const names = namesIn(language)
    const { medium, territory, exclusive } = wish.rights
    const use = t('rights', {
      medium: medium ? names.medium(medium) : t('any-medium'),
      territory: territory ? names.place(territory) : t('any-place'),
    })
    const said = [
      ...(wish.text ? [t('words', { text: wish.text })] : []),
      ...facets.flatMap((facet) => wish.filters[facet].map((value) => word(facet, value))),
      ...(wish.tint ? [t('colour', { tint: wish.tint })] : []),
      ...(asksForRights(wish.rights) ? [use] : []),
      ...(exclusive ? [t('exclusive')] : []),
    ]
    return said.length > 0 ? said.join(' · ') : t('everything')
  }
}
