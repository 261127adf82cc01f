import { useLanguage } from './use-language.ts'
import { wordsOf, type Area, type Saying } from './words.ts'

/**
 * The words of a page family in a component, as `useTranslations` says them, by the one speaker that a language has: a provider's own
 * makes its rules of plurals and its formats of numbers anew for every page that the server draws. Not for messages with a day or an
 * hour in them, which are told in the house's zone.
 */
export const useWords = <A extends Area>(area: A): Saying<A> => wordsOf(useLanguage(), area)
