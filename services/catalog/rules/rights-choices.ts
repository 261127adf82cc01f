import type { Language } from '../../kernel/language.ts'
import { namesIn } from '../../rights/rules/scope-words.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'

interface Choice {
  value: string
  label: string
}

/** What most people ask for: the branches of media, areas of trade, continents, the larger markets. Any other code works in an address. */
const frequentCountries = [
  'DE',
  'AT',
  'CH',
  'FR',
  'GB',
  'IT',
  'ES',
  'NL',
  'BE',
  'PL',
  'SE',
  'DK',
  'NO',
  'US',
  'CA',
  'MX',
  'BR',
  'JP',
  'CN',
  'KR',
  'IN',
  'AU',
  'ZA',
  'AE',
]
const mediumCodes = ['ALL', ...media.branches.map(({ code }) => code)]
const continents = ['M49:150', 'M49:019', 'M49:142', 'M49:002', 'M49:009']
const territoryCodes = ['WORLD', ...territories.groups, ...continents, ...frequentCountries].filter((code) => territories.setOf(code))

const labelled = (codes: readonly string[], name: (code: string) => string): Choice[] =>
  codes.map((value) => ({ value, label: name(value) }))
const frequent = new Map<Language, { media: Choice[]; territories: Choice[] }>()

/** The choices of the rights filter, with what is chosen among them, however rare. */
export function rightsChoices(
  chosen: { medium: string; territory: string },
  language: Language = 'en',
): { media: Choice[]; territories: Choice[] } {
  const { medium, place } = namesIn(language)
  const known = frequent.get(language) ?? { media: labelled(mediumCodes, medium), territories: labelled(territoryCodes, place) }
  frequent.set(language, known)
  return { media: withChosen(known.media, chosen.medium, medium), territories: withChosen(known.territories, chosen.territory, place) }
}
const withChosen = (choices: Choice[], value: string, name: (code: string) => string): Choice[] =>
  value === '' || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: name(value) }]
