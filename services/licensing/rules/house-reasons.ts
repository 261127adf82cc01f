import type { Language } from '../../kernel/language.ts'
import { sayLicensing } from './models.ts'

/** What the house writes, as it writes it. Not read from the catalogue, whose messages are no longer texts once it is built. */
export const written = {
  gone: 'The rights were gone when the money came.',
  'widened-gone': 'The licence to widen was no longer in force when the money came.',
  'paid-before': 'The order was paid already.',
  'other-amount': 'What was paid is not what was agreed.',
  elsewhere: 'Refunded on the payment provider’s own pages.',
  disputed: 'The payment is disputed ({id}).',
  'dispute-lost': 'The dispute {id} was lost.',
  unpaid: 'The payment session ended unpaid.',
  'no-page': 'The payment page could not be opened.',
  replaced: 'Widened: {number} takes its place.',
  'out-of-kit': 'Taken out of the kit “{kit}”.',
  withdrawn: 'The asset was withdrawn.',
  'term-over': 'Its term was over.',
  'widens-refunded': 'The payment for the licence that it widens was refunded.',
} as const

/** `Widened: {number} takes its place.` as a pattern that finds the number again. */
const patternOf = (sentence: string): RegExp =>
  new RegExp(`^${sentence.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>.+)')}$`)

const known = Object.entries(written).map(([key, sentence]) => ({ key: key as keyof typeof written, pattern: patternOf(sentence) }))

/**
 * A reason as it is read. The house writes its own into the records in English, and says them to people in their language;
 * what a person has typed stays as it was typed.
 */
export function reasonToRead<T extends string | null>(reason: T, language: Language = 'en'): T | string {
  if (language === 'en' || reason === null) return reason
  for (const { key, pattern } of known) {
    const found = pattern.exec(reason)
    if (found) return sayLicensing(language)(`told.${key}`, found.groups as never)
  }
  return reason
}
