import { licenceShelves, type LicenceShelf } from '#services/licensing/rules/shelves.ts'
import type { Tab } from '#app/components/ui/tabs.tsx'

const words: Record<LicenceShelf, string> = {
  all: 'All',
  'in-force': 'In force',
  ending: 'Ending soon',
  suspended: 'Suspended',
  ended: 'Ended',
}

export const shelfOf = (text: string | null): LicenceShelf => licenceShelves.find((shelf) => shelf === text) ?? 'all'

/** The shelves as tabs; words that were searched for stay. */
export const shelfTabs = (current: LicenceShelf, q = ''): Tab[] =>
  licenceShelves.map((shelf) => {
    const search = new URLSearchParams({ ...(shelf === 'all' ? {} : { show: shelf }), ...(q ? { q } : {}) })
    return { to: `?${search}`, label: words[shelf], current: shelf === current }
  })
