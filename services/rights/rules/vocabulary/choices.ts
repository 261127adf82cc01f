import type { Language } from '../../../kernel/language.ts'
import { namesIn } from '../scope-words.ts'
import { industries, sensitiveIndustries } from './industries.ts'
import { media } from './media.ts'
import { industrySynonyms, mediaSynonyms, placeSynonyms } from './synonyms.ts'
import { territories } from './territories.ts'
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

type NameOf = (code: string) => string
type Synonyms = Readonly<Record<string, readonly string[]>>
/** In another language a code is also found by its English name, which half the trade uses. */
const named =
  (nameOf: NameOf, english: NameOf, synonyms: Synonyms) =>
  (value: string): Choice => {
    const words = [...(nameOf(value) === english(value) ? [] : [english(value)]), ...(synonyms[value] ?? [])]
    return { value, label: nameOf(value), ...(words.length > 0 && { words }) }
  }

/** Leaves under a branch, however deep. */
const leavesUnder = (words: Vocabulary, code: string): string[] => {
  const children = words.childrenOf(code)
  return children.length === 0 ? [code] : children.flatMap((child) => leavesUnder(words, child))
}
const groupsOf = (words: Vocabulary, choice: (value: string) => Choice): ChoiceGroup[] =>
  words.childrenOf(words.all).map((code) => ({ ...choice(code), options: leavesUnder(words, code).map(choice) }))

/** What a form offers for a scope. Made on the server: a browser gets the list as options, not as a vocabulary. */
export function scopeChoices(language: Language = 'en'): ScopeChoices {
  const [own, english] = [namesIn(language), namesIn('en')]
  const place = named(own.place, english.place, placeSynonyms)
  const industry = named(own.industry, english.industry, industrySynonyms)
  const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label, language)
  return {
    media: groupsOf(media, named(own.medium, english.medium, mediaSynonyms)),
    areas: ['WORLD', ...territories.groups].map(place),
    regions: territories.branches.map(({ code }) => place(code)),
    countries: territories.leaves.map(({ code }) => place(code)).sort(byLabel),
    industries: groupsOf(industries, industry),
    sensitive: industries.leaves.filter(({ no }) => sensitiveIndustries.has(no)).map(({ code }) => industry(code)),
  }
}
