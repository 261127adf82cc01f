import { assetStateNames } from '../../assets/rules/asset-states.ts'
import { librarySorts, type LibrarySort } from './library-ask.ts'
import { panelFacets, type PanelFacet } from './library-fields.ts'
import { longestLibraryQuery, parseLibraryQuery } from './library-query.ts'

/** What the library is asked for, as its address says it. */
export interface LibraryWish {
  text: string
  facets: Partial<Record<PanelFacet, string[]>>
  /** Null: relevance where words are looked for, else what was changed last. */
  sort: LibrarySort | null
  after: string | null
}

const mostValues = 20
const isFacet = (name: string): name is PanelFacet => (panelFacets as readonly string[]).includes(name)

/** What cannot be read is no wish. `state` and `kind` by themselves are addresses from before the panel, and tabs. */
export function readLibraryWish(search: URLSearchParams): LibraryWish {
  const facets: LibraryWish['facets'] = {}
  const narrow = (facet: PanelFacet, value: string) => {
    const values = (facets[facet] ??= [])
    if (value !== '' && value.length <= 200 && !values.includes(value) && values.length < mostValues) values.push(value)
  }
  for (const one of search.getAll('f')) {
    const colon = one.indexOf(':')
    const facet = one.slice(0, colon)
    if (colon > 0 && isFacet(facet)) narrow(facet, one.slice(colon + 1))
  }
  for (const facet of ['state', 'kind'] as const) for (const value of search.getAll(facet)) narrow(facet, value)
  if (facets.state) facets.state = facets.state.filter((state) => (assetStateNames as readonly string[]).includes(state))
  for (const facet of panelFacets) if (facets[facet]?.length === 0) delete facets[facet]
  const sort = search.get('sort')
  return {
    text: (search.get('text') ?? search.get('q') ?? '').slice(0, longestLibraryQuery),
    facets,
    sort: sort !== null && Object.hasOwn(librarySorts, sort) ? (sort as LibrarySort) : null,
    after: search.get('after'),
  }
}

/** The wish as an address says it, always the same for the same wish; without the place in the list. */
export function writeLibraryWish({ text, facets, sort }: Omit<LibraryWish, 'after'>): string {
  const search = new URLSearchParams()
  if (text.trim()) search.set('text', text.trim())
  for (const facet of panelFacets) for (const value of [...(facets[facet] ?? [])].sort()) search.append('f', `${facet}:${value}`)
  if (sort) search.set('sort', sort)
  return search.toString()
}

/** Whether the wish says itself which states it wants, or names assets: then nothing is left out silently. */
export function namesStates({ text, facets }: LibraryWish): boolean {
  return (
    (facets.state?.length ?? 0) > 0 ||
    parseLibraryQuery(text).some(
      ({ field, not, values }) =>
        (field !== null && ['state', 'status', 'id', 'hash', 'sha256'].includes(field) && !not) ||
        (field === null && values.some((value) => /^(ast_|[0-9a-f]{64}$)/i.test(value.text))),
    )
  )
}
/** What is out of the way until somebody asks for it by name. */
export const putAway = ['ARCHIVED', 'DELETED'] as const
