import { mediumName, placeName } from '../../rights/rules/scope-words.ts'
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
const frequent = { media: labelled(mediumCodes, mediumName), territories: labelled(territoryCodes, placeName) }

/** The choices of the rights filter, with what is chosen among them, however rare. */
export const rightsChoices = (chosen: { medium: string; territory: string }): { media: Choice[]; territories: Choice[] } => ({
  media: withChosen(frequent.media, chosen.medium, mediumName),
  territories: withChosen(frequent.territories, chosen.territory, placeName),
})
const withChosen = (choices: Choice[], value: string, name: (code: string) => string): Choice[] =>
  value === '' || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: name(value) }]
