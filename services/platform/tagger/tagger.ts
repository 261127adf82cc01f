/** Where a suggestion comes from: text in the picture, the file's name, its folder, pictures that look alike, the same shoot, or a tagger that looked. */
export type TagSource = 'SEEN' | 'FILE_NAME' | 'FOLDER' | 'NEIGHBOURS' | 'SHOOT' | 'TAGGER'
/** A term that the house would recognise, with everything it is called. `term` is what is suggested. */
export interface KnownTerm {
  term: string
  names: readonly string[]
}
/** Another picture and how near it is, from 0 to 1. */
export interface Neighbour {
  from: 'NEIGHBOURS' | 'SHOOT'
  weight: number
  terms: readonly string[]
}
export interface TaggerAsk {
  /** A clean picture on this machine, for taggers that look; null where there is none. */
  path: string | null
  mediaType: string
  /** What is written about the picture, by where it was found. */
  words: readonly { from: 'SEEN' | 'FILE_NAME' | 'FOLDER'; text: string }[]
  known: readonly KnownTerm[]
  near: readonly Neighbour[]
  /** Terms that are never suggested: those that the record has, and those that were refused for it. */
  never: readonly string[]
}
export interface SuggestedTerm {
  term: string
  /** From 0 to 1; a tagger that is not sure says so. */
  confidence: number
  from: TagSource
  /** How many pictures stand behind it, where it comes from others. */
  voters?: number
}
/** So many are enough to look through. */
export const mostSuggested = 24

/**
 * What a picture might be described by. A suggestion is never a fact: a person accepts or refuses it. An implementation
 * gives at most `mostSuggested` different terms, the surest first, the same for the same question, and none of `never`.
 */
export interface Tagger {
  /** Kept with what it suggested. */
  name: string
  /** Whether it looks at the picture: only then one is brought to this machine for it. */
  looks: boolean
  suggest(ask: TaggerAsk): Promise<SuggestedTerm[]>
}
