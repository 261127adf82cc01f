import type { Language } from '#services/kernel/language.ts'
import { wordsOf } from './words.ts'

/** A sentence as the key of its translation: without dots, which would nest, and with its first figure left open. */
export const sentenceKey = (sentence: string): string => sentence.replace(/\d+/, '#').replaceAll('.', '·')

/** What the validator says by itself, in words for people: it counts, and knows kinds of values, but not whom it speaks to. */
const ofTheValidator: readonly [RegExp, (n: string) => string][] = [
  [/^Invalid input: expected \w+, received undefined$/, () => 'Fill this in.'],
  [/^Invalid email address$/, () => 'Enter an e-mail address, such as name@company.com.'],
  [/^Invalid input: expected number\b/, () => 'Write a number.'],
  [/^Too small: expected string to have >=1 characters$/, () => 'Fill this in.'],
  [/^Too small: expected string to have >=(\d+) characters$/, (n) => `Use at least ${n} characters.`],
  [/^Too big: expected string to have <=(\d+) characters$/, (n) => `Use at most ${n} characters.`],
  [/^Too small: expected number to be >=(\d+)$/, (n) => `${n} or more, please.`],
  [/^Too big: expected number to be <=(\d+)$/, (n) => `${n} or less, please.`],
  [/^Too big: expected array to have <=(\d+) items$/, (n) => `At most ${n} of them, please.`],
  [/^(?:Invalid|Too (?:big|small)|Unrecognized)\b/, () => 'Look at this again.'],
]
function plainly(sentence: string): string {
  for (const [shape, say] of ofTheValidator) {
    const found = shape.exec(sentence)
    if (found) return say(found[1] ?? '')
  }
  return sentence
}

/** The sentences of schemas are English, as the API tells them; a page says them in its own language. */
export function sentenceIn(language: Language, said: string): string {
  const sentence = plainly(said)
  if (language === 'en') return sentence
  const t = wordsOf(language, 'forms')
  const key = sentenceKey(sentence)
  return t.has(key as never) ? t(key as never, { n: /\d+/.exec(sentence)?.[0] ?? '' } as never) : sentence
}

/** What conform says of a form, in the reader's language. */
export function inLanguage<R extends object>(result: R, language: Language): R {
  const { error: said } = result as { error?: Record<string, string[] | null> | null }
  if (!said) return result
  const error = Object.fromEntries(
    Object.entries(said).map(([name, each]) => [name, Array.isArray(each) ? each.map((sentence) => sentenceIn(language, sentence)) : each]),
  )
  return { ...result, error }
}
