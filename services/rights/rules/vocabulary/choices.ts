import { industryNames } from './industry-names.ts'
import { industries, sensitiveIndustries } from './industries.ts'
import { mediaNames } from './media-names.ts'
import { media } from './media.ts'
import { industrySynonyms, mediaSynonyms, placeSynonyms } from './synonyms.ts'
import { territories } from './territories.ts'
import { territoryNames } from './territory-names.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface Choice {
  value: string
  label: string
  /** What else it is called, for those who type. */
  words?: readonly string[] | undefined
}
export interface ChoiceGroup extends Choice {
  options: Choice[]
}
export interface ScopeChoices {
  media: ChoiceGroup[]
  /** Worldwide and the areas of trade: what people name first. */
  areas: Choice[]
  /** Continents and their parts. */
  regions: Choice[]
  countries: Choice[]
  industries: ChoiceGroup[]
  /** What a consent must name to cover it. */
  sensitive: Choice[]
}

type Names = Readonly<Record<string, string>>
type Synonyms = Readonly<Record<string, readonly string[]>>
const named =
  (names: Names, synonyms: Synonyms) =>
  (value: string): Choice => ({ value, label: names[value] ?? value, ...(synonyms[value] && { words: synonyms[value] }) })
const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label, 'en')

/** Leaves under a branch, however deep. */
const leavesUnder = (words: Vocabulary, code: string): string[] => {
  const children = words.childrenOf(code)
  return children.length === 0 ? [code] : children.flatMap((child) => leavesUnder(words, child))
}
function groupsOf(words: Vocabulary, names: Names, synonyms: Synonyms): ChoiceGroup[] {
  const choice = named(names, synonyms)
  return words.childrenOf(words.all).map((code) => ({ ...choice(code), options: leavesUnder(words, code).map(choice) }))
}

/** What a form offers for a scope. Made on the server: a browser gets the list as options, not as a vocabulary. */
export function scopeChoices(): ScopeChoices {
  const place = named(territoryNames, placeSynonyms)
  return {
    media: groupsOf(media, mediaNames, mediaSynonyms),
    areas: ['WORLD', ...territories.groups].map(place),
    regions: territories.branches.map(({ code }) => place(code)),
    countries: territories.leaves.map(({ code }) => place(code)).sort(byLabel),
    industries: groupsOf(industries, industryNames, industrySynonyms),
    sensitive: industries.leaves
      .filter(({ no }) => sensitiveIndustries.has(no))
      .map(({ code }) => named(industryNames, industrySynonyms)(code)),
  }
}
