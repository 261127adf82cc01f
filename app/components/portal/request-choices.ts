import { mediumName, placeName } from '#services/rights/rules/scope-words.ts'
import { scopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
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

/** Uses in the words of the trade, each with what falls under it. */
export const uses = asked.map((value) => ({
  value,
  label: mediumName(value),
  examples: media.childrenOf(value).map(mediumName).join(', '),
}))

export const regions = ['WORLD', 'EU27', 'DACH'].map((value) => ({ value, label: placeName(value) }))

/** All other places, for those who type. */
const named = new Set(regions.map(({ value }) => value))
const { areas, regions: parts, countries } = scopeChoices()
export const places = { areas: areas.filter(({ value }) => !named.has(value)), regions: parts, countries }

/** Which of the answers are not among the boxes that can be ticked. */
export const typedPlaces = (chosen: readonly string[] | undefined): string[] => (chosen ?? []).filter((code) => !named.has(code))
