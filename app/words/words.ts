import { createTranslator } from 'use-intl/core'
import { isLanguage, localeOf, type Language } from '#services/kernel/language.ts'
import type en from './en.ts'

export type Words = typeof en
export type Area = keyof Words

declare module 'use-intl' {
  interface AppConfig {
    Messages: Words
    Locale: (typeof localeOf)[Language]
  }
}

/**
 * The catalogues that are at hand: both on the server (`catalogues.server.ts`), in a browser the one of its document
 * (`entry.client.tsx`). That is why nothing else imports them.
 */
const held: Partial<Record<Language, Words>> = {}
const spoken = new Map<string, unknown>()

/** Lays a catalogue at hand, before anything is said in it. */
export function holdWords(language: Language, words: Words): void {
  held[language] = words
  spoken.clear()
}

/** The words at hand that come nearest to a language: its own, or in a browser those of its document. */
export function heldWords(language: Language): { language: Language; words: Words } {
  const own = held[language]
  if (own) return { language, words: own }
  const [first] = Object.entries(held) as [Language, Words][]
  if (!first) throw new Error('no catalogue is at hand')
  return { language: first[0], words: first[1] }
}

export type Saying<A extends Area> = ReturnType<typeof createTranslator<Words, A>>

/** Says the texts of one page family outside components: in loaders, actions and `meta`. Components take `useTranslations(area)`. */
export function wordsOf<A extends Area>(asked: Language, area: A): Saying<A> {
  const { language, words } = heldWords(asked)
  const key = `${language} ${area}`
  const known = spoken.get(key) as Saying<A> | undefined
  if (known) return known
  const made = createTranslator({
    locale: localeOf[language],
    timeZone: 'UTC',
    messages: { [area]: words[area] },
    namespace: area,
  } as never)
  spoken.set(key, made)
  return made as Saying<A>
}

/** The language of the page, for `meta`: as the root's loader said; English where it could not. */
export function languageOf(matches: readonly ({ id: string; data?: unknown } | undefined)[]): Language {
  const root = matches.find((match) => match?.id === 'root')?.data as { language?: unknown } | undefined
  return isLanguage(root?.language) ? root.language : 'en'
}
