import { wordsOf } from '#app/words/words.ts'
import { licenceShelves, type LicenceShelf } from '#services/licensing/rules/shelves.ts'
import type { Language } from '#services/kernel/language.ts'
import type { Tab } from '#app/components/ui/tabs.tsx'

export const shelfOf = (text: string | null): LicenceShelf => licenceShelves.find((shelf) => shelf === text) ?? 'all'

/** The shelves as tabs; words that were searched for stay. */
export const shelfTabs = (current: LicenceShelf, q = '', language: Language = 'en'): Tab[] =>
  licenceShelves.map((shelf) => {
    const search = new URLSearchParams({ ...(shelf === 'all' ? {} : { show: shelf }), ...(q ? { q } : {}) })
    return { to: `?${search}`, label: wordsOf(language, 'licences')(`shelves.${shelf}`), current: shelf === current }
  })
