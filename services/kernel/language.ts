/** The languages in which the house speaks to outsiders. The first is the one it falls back on. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** How a language writes numbers, money and lists. */
export const localeOf = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<Language, string>

/** What a language calls itself, for whoever looks for it. */
export const ownNameOf = { en: 'English', de: 'Deutsch' } as const satisfies Record<Language, string>

export const isLanguage = (text: unknown): text is Language => (languages as readonly unknown[]).includes(text)

/** The language that a stored or sent text names; English where it names none of ours. */
export const languageNamed = (text: unknown): Language => (isLanguage(text) ? text : 'en')

const numbers = new Map<Language, Intl.NumberFormat>()
const shares = new Map<Language, Intl.NumberFormat>()

/** Made once a language: making a formatter is what costs. */
function kept(formats: Map<Language, Intl.NumberFormat>, language: Language, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = formats.get(language) ?? new Intl.NumberFormat(localeOf[language], options)
  formats.set(language, known)
  return known
}

/** A count for people: `1,250` or `1.250`. */
export const formatNumber = (n: number | bigint, language: Language = 'en'): string => kept(numbers, language).format(n)

/** A share for people, given as a part of one: `12.5%` or `12,5 %`. */
export const formatShare = (share: number, language: Language = 'en'): string =>
  kept(shares, language, { style: 'percent', maximumFractionDigits: 1 }).format(share)

/** Words in a row: `a, b and c`. Put together here, since the lists of Node and of browsers differ in their commas. */
export function inARow(words: readonly string[], language: Language = 'en', last: 'and' | 'or' = 'and'): string {
  const joined = { en: { and: 'and', or: 'or' }, de: { and: 'und', or: 'oder' } }[language][last]
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${joined} ${words.at(-1)}`
}
