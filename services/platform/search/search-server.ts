/** A document as an engine keeps it: flat fields. */
export type SearchDocument = Record<string, string | number | string[]> & { id: string }

export interface SearchField {
  name: string
  type: 'string' | 'string[]' | 'int32'
  /** Counted by value. */
  facet?: boolean
  /** Kept, not searched. */
  index?: boolean
  optional?: boolean
}
export interface SearchShape {
  name: string
  fields: readonly SearchField[]
  /** The number by which documents are listed where nothing else decides. */
  sort: string
}

/** One search in the server's own words. Whatever comes from people stands in `text`; `filter` is made by code alone. */
export interface ServerSearch {
  collection: string
  text: string
  fields: readonly { name: string; weight: number }[]
  filter: string
  sort: string
  /** The last word may be unfinished. */
  prefix: boolean
  /** Slips of the finger that a word may have, where it is found nowhere as it stands. */
  slips: 0 | 1 | 2
  facets: readonly string[]
  offset: number
  limit: number
  /** Fields of each document that are wanted back. */
  wanted: readonly string[]
}
export interface ServerAnswer {
  found: number
  /** How many documents the collection has in all. */
  outOf: number
  documents: Record<string, unknown>[]
  counts: Record<string, Record<string, number>>
}
export interface SynonymGroup {
  id: string
  words: string[]
}

/** Why a server did not answer. All but `refused-question` are about the server; that one is about the question. */
export type AwayReason = 'unreachable' | 'timeout' | 'not-ready' | 'missing' | 'behind' | 'key-refused' | 'failing' | 'refused-question'

/** The second engine does not answer: somebody else has to. */
export class SearchAway extends Error {
  constructor(
    readonly reason: AwayReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'SearchAway'
  }
}

/** A search server beside the database. What its documents mean, and what is asked, is the catalogue's business. Everything throws `SearchAway` where the server does not answer as it should. */
export interface SearchServer {
  /** Begins the names of all our collections, so that a server and a key may be shared. */
  readonly prefix: string
  search(searches: readonly ServerSearch[]): Promise<ServerAnswer[]>
  /** How many documents a collection (or what an alias points to) has; null where there is none. */
  countOf(collection: string): Promise<number | null>
  collectionsFrom(start: string): Promise<string[]>
  make(shape: SearchShape): Promise<void>
  /** Only ever by its own name: by the name of an alias the collection behind it would go. */
  drop(collection: string): Promise<void>
  behind(alias: string): Promise<string | null>
  point(alias: string, collection: string): Promise<void>
  /** Write whole documents; which of them were refused, and why. The others are in. */
  put(collection: string, documents: readonly SearchDocument[]): Promise<{ id: string; why: string }[]>
  remove(collection: string, ids: readonly string[]): Promise<void>
  /** Every document that a filter lets through, whole. */
  everything(collection: string, filter: string): Promise<Record<string, unknown>[]>
  /** Have exactly these words taken for the same. */
  keepSynonyms(collection: string, groups: readonly SynonymGroup[]): Promise<void>
  synonymsOf(collection: string): Promise<SynonymGroup[]>
  close(): void
}
