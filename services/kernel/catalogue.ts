import { createTranslator } from 'use-intl/core'
import { localeOf, type Language } from './language.ts'

/** Says a sentence of a catalogue: `say('too-late', { count: 3 })`. Keys are those of the English catalogue. */
export type Say<Words extends Record<string, unknown>> = ReturnType<typeof createTranslator<Words>>

/**
 * The sentences of a domain in each language (ICU MessageFormat): `const say = catalogue({ en, de })`, then
 * `say(language)('key', { count })`. Each message is parsed once a process, when it is first said.
 */
export function catalogue<Words extends Record<string, unknown>>(words: { en: Words } & Record<Language, NoInfer<Words>>) {
  const spoken = new Map<Language, Say<Words>>()
  return (language: Language): Say<Words> => {
    const known = spoken.get(language)
    if (known) return known
    const made = createTranslator({ locale: localeOf[language], timeZone: 'UTC', messages: words[language] }) as Say<Words>
    spoken.set(language, made)
    return made
  }
}
