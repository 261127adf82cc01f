import type { Language } from '#services/kernel/language.ts'
import { namesIn } from '#services/rights/rules/scope-words.ts'
import { scopeChoices, type ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'

const asked = [
  'advertising-print',
  'advertising-online',
  'out-of-home',
  'social',
  'broadcast',
  'streaming',
  'apps',
  'editorial',
  'product',
  'corporate',
  'internal',
]
const few = ['WORLD', 'EU27', 'DACH']

export interface RequestChoices {
  /** Uses in the words of the trade, each with what falls under it. */
  uses: { value: string; label: string; examples: string }[]
  regions: { value: string; label: string }[]
  /** All other places, for those who type. */
  places: Pick<ScopeChoices, 'areas' | 'regions' | 'countries'>
}

/** What the request form and the grant form offer. Made on the server: no browser loads the names of all places. */
export function requestChoices(language: Language): RequestChoices {
  const { medium, place } = namesIn(language)
  const { areas, regions, countries } = scopeChoices(language)
  return {
    uses: asked.map((value) => ({ value, label: medium(value), examples: media.childrenOf(value).map(medium).join(', ') })),
    regions: few.map((value) => ({ value, label: place(value) })),
    places: { areas: areas.filter(({ value }) => !few.includes(value)), regions, countries },
  }
}
