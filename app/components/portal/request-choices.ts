import { mediumName, placeName } from '#services/rights/rules/scope-words.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'

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

export const countries = territories.leaves
  .map(({ code }) => ({ value: code, label: placeName(code) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'))
