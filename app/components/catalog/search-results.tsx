import { Link } from '@remix-run/react'
import { facets, type Filters, type Sort } from '#services/catalog/rules/facets.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import { ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { facetWord } from './facet-panel.tsx'
import { PictureGrid } from './picture-grid.tsx'

interface Asked {
  text: string
  filters: Filters
  sort: Sort
}

/** The address of the same search, with changes; the page starts anew. */
export function searchTo({ text, filters, sort }: Asked, page = 1): string {
  const search = new URLSearchParams()
  if (text) search.set('q', text)
  for (const facet of facets) for (const value of filters[facet]) search.append(facet, value)
  if (sort !== 'relevance') search.set('sort', sort)
  if (page > 1) search.set('page', String(page))
  return `/search${search.size ? `?${search}` : ''}`
}

/** What filters the results at present, each with the way to take it away. */
export function ActiveFilters({ asked }: { asked: Asked }) {
  const active = facets.flatMap((facet) => asked.filters[facet].map((value) => ({ facet, value })))
  if (active.length === 0) return null
  return (
    <ul className="active-filters" aria-label="Active filters">
      {active.map(({ facet, value }) => {
        const without = { ...asked.filters, [facet]: asked.filters[facet].filter((other) => other !== value) }
        return (
          <li key={facet + value}>
            <Link to={searchTo({ ...asked, filters: without })} preventScrollReset aria-label={`Remove ${facetWord(facet, value)}`}>
              {facetWord(facet, value)} <Icon name="close" />
            </Link>
          </li>
        )
      })}
      <li>
        <Link
          to={searchTo({ ...asked, filters: { kind: [], orientation: [], colour: [], licence: [] } })}
          preventScrollReset
          className="clear-filters"
        >
          Clear all
        </Link>
      </li>
    </ul>
  )
}

function NothingFound({ found, asked }: { found: SearchPage; asked: Asked }) {
  const open = { ...asked, filters: { kind: [], orientation: [], colour: [], licence: [] } }
  return (
    <EmptyState
      icon="search"
      title={
        found.text
          ? `No picture for “${found.text.length > 60 ? `${found.text.slice(0, 60)}…` : found.text}”`
          : 'No picture fits these filters'
      }
      action={
        <div className="cluster">
          {found.filtered && <ButtonLink to={searchTo(open)}>Without the filters</ButtonLink>}
          <ButtonLink to="/collections">Browse collections</ButtonLink>
        </div>
      }
    >
      {found.filtered
        ? 'Fewer filters find more.'
        : 'Fewer or other words may find it: what is in the picture, where it is, its colours, or who made it.'}
    </EmptyState>
  )
}

function Pages({ found, asked }: { found: SearchPage; asked: Asked }) {
  if (found.pages < 2) return null
  return (
    <nav className="pager" aria-label="Pages of results">
      {found.page > 1 ? (
        <ButtonLink to={searchTo(asked, found.page - 1)} size="sm" rel="prev" icon="arrow-left">
          Previous
        </ButtonLink>
      ) : (
        <span />
      )}
      <span className="numeric">
        Page {found.page} of {found.pages}
      </span>
      {found.page < found.pages ? (
        <ButtonLink to={searchTo(asked, found.page + 1)} size="sm" rel="next">
          Next
        </ButtonLink>
      ) : (
        <span />
      )}
    </nav>
  )
}

/** The results: notes on how the words were understood, the grid, the pages; or how to go on when there is nothing. */
export function SearchResults({ found, asked }: { found: SearchPage; asked: Asked }) {
  return (
    <div className="results stack">
      {found.cut && <Notice tone="info">That was a long question. We read its first 500 letters and 32 words.</Notice>}
      {found.alike && (
        <Notice tone="info" title={`Nothing has exactly “${found.text}”`}>
          <p>These titles come close.</p>
        </Notice>
      )}
      <ActiveFilters asked={asked} />
      {found.tiles.length > 0 ? <PictureGrid tiles={found.tiles} eager={8} /> : <NothingFound found={found} asked={asked} />}
      <Pages found={found} asked={asked} />
    </div>
  )
}
