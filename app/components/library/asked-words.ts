import { readLibraryWish } from '#services/catalog/rules/library-wish.ts'

/** A search as people say it, of what its address says. */
export function askedWords(search: string): string {
  const { text, facets } = readLibraryWish(new URLSearchParams(search))
  return [text, ...Object.entries(facets).flatMap(([facet, values]) => values.map((value) => `${facet}: ${value.toLowerCase()}`))]
    .filter(Boolean)
    .join(' · ')
}
