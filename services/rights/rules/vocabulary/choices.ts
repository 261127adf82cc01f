import { industryNames } from './industry-names.ts'
import { industries, sensitiveIndustries } from './industries.ts'
import { mediaNames } from './media-names.ts'
import { media } from './media.ts'
import { territories } from './territories.ts'
import { territoryNames } from './territory-names.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface Choice {
  value: string
  label: string
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

const named =
  (names: Readonly<Record<string, string>>) =>
  (value: string): Choice => ({ value, label: names[value] ?? value })
const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label, 'en')

/** Leaves under a branch, however deep. */
const leavesUnder = (words: Vocabulary, code: string): string[] => {
  const children = words.childrenOf(code)
  return children.length === 0 ? [code] : children.flatMap((child) => leavesUnder(words, child))
}
const groupsOf = (words: Vocabulary, names: Readonly<Record<string, string>>): ChoiceGroup[] =>
  words.childrenOf(words.all).map((code) => ({ ...named(names)(code), options: leavesUnder(words, code).map(named(names)) }))

/** What a form offers for a scope. Made on the server: a browser gets the list as options, not as a vocabulary. */
export function scopeChoices(): ScopeChoices {
  const place = named(territoryNames)
  return {
    media: groupsOf(media, mediaNames),
    areas: ['WORLD', ...territories.groups].map(place),
    regions: territories.branches.map(({ code }) => place(code)),
    countries: territories.leaves.map(({ code }) => place(code)).sort(byLabel),
    industries: groupsOf(industries, industryNames),
    sensitive: industries.leaves.filter(({ no }) => sensitiveIndustries.has(no)).map(({ code }) => named(industryNames)(code)),
  }
}
