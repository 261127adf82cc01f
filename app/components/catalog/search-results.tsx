import { Link } from '@remix-run/react'
import { facets, noFilters, type Filters, type Sort } from '#services/catalog/rules/facets.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import { ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { VisuallyHidden } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { facetWord } from './facet-words.ts'
import { PictureGrid } from './picture-grid.tsx'

interface RightsAsked {
  medium: string
  territory: string
  until: string
  exclusive: boolean
}
export interface Asked {
  text: string
  filters: Filters
  sort: Sort
  rights: RightsAsked | null
}

/** The address of the same search, with changes; the page starts anew. */
export function searchTo({ text, filters, sort, rights }: Asked, page = 1): string {
  const search = new URLSearchParams()
  if (text) search.set('q', text)
  for (const facet of facets) for (const value of filters[facet]) search.append(facet, value)
  if (rights) {
    for (const name of ['medium', 'territory', 'until'] as const) if (rights[name]) search.set(name, rights[name])
    if (rights.exclusive) search.set('exclusive', 'yes')
  }
  if (sort !== 'relevance') search.set('sort', sort)
  if (page > 1) search.set('page', String(page))
  return `/search${search.size ? `?${search}` : ''}`
}

/** What filters the results at present, each with the way to take it away. */
function ActiveFilters({ asked, found }: { asked: Asked; found: SearchPage }) {
  const active = facets.flatMap((facet) => asked.filters[facet].map((value) => ({ facet, value })))
  if (active.length === 0 && !found.rights) return null
  const title = (slug: string) => found.collections.find((collection) => collection.slug === slug)?.title ?? slug
  return (
    <ul className="active-filters" aria-label="Active filters">
      {found.rights && (
        <li>
          <Link to={searchTo({ ...asked, rights: null })} preventScrollReset>
            <VisuallyHidden>Remove: </VisuallyHidden>
            {found.rights.words.medium} · {found.rights.words.territory} · until {found.rights.words.untilInWords}
            {found.rights.exclusive ? ' · exclusive' : ''} <Icon name="close" />
          </Link>
        </li>
      )}
      {active.map(({ facet, value }) => {
        const without = { ...asked.filters, [facet]: asked.filters[facet].filter((other) => other !== value) }
        const word = facet === 'collection' ? title(value) : facetWord(facet, value)
        return (
          <li key={facet + value}>
            <Link to={searchTo({ ...asked, filters: without })} preventScrollReset aria-label={`Remove ${word}`}>
              {word} <Icon name="close" />
            </Link>
          </li>
        )
      })}
      <li>
        <Link to={searchTo({ ...asked, filters: noFilters(), rights: null })} preventScrollReset className="clear-filters">
          Clear all
        </Link>
      </li>
    </ul>
  )
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

function NothingFound({ found, asked }: { found: SearchPage; asked: Asked }) {
  const words = [...new Set(found.text.match(/[\p{L}\p{N}]{3,}/gu) ?? [])].slice(0, 6)
  return (
    <EmptyState
      icon="search"
      title={found.text ? `No picture for “${shortened(found.text)}”` : 'No picture fits these filters'}
      action={
        <div className="cluster">
          {found.filtered && <ButtonLink to={searchTo({ ...asked, filters: noFilters(), rights: null })}>Without the filters</ButtonLink>}
          <ButtonLink to="/collections">Browse collections</ButtonLink>
        </div>
      }
    >
      {found.filtered
        ? 'Fewer filters find more.'
        : 'Fewer or other words may find it: what is in the picture, where it is, its colours, or who made it. Words in quotation marks must stand together.'}
      {words.length > 1 && (
        <span>
          {' '}
          One at a time:{' '}
          {words.map((word, i) => (
            <span key={word}>
              {i > 0 && ', '}
              <Link to={searchTo({ ...asked, text: word })}>{word}</Link>
            </span>
          ))}
          .
        </span>
      )}
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

const either = (words: readonly string[]) => words.map((word) => `“${word}”`).join(' or ')

/** The results: notes on how the words were understood, the grid, the pages; or how to go on when there is nothing. */
export function SearchResults({ found, asked }: { found: SearchPage; asked: Asked }) {
  return (
    <div className="results stack">
      {found.cut && <Notice tone="info">That was a long question. We read its first 500 letters and 32 words.</Notice>}
      {found.corrections.length > 0 && (
        <Notice tone="info" title={found.corrections.map(({ wrong }) => `No picture has “${shortened(wrong)}”.`).join(' ')}>
          <p>Looked for {found.corrections.map(({ right }) => either(right)).join(' and ')} instead.</p>
        </Notice>
      )}
      <ActiveFilters asked={asked} found={found} />
      {found.withheld > 0 && (
        <Notice tone="info">
          {found.withheld === 1 ? 'One picture of this page has' : `${found.withheld} pictures of this page have`} just been taken.
        </Notice>
      )}
      {found.tiles.length > 0 ? <PictureGrid tiles={found.tiles} eager={8} /> : <NothingFound found={found} asked={asked} />}
      <Pages found={found} asked={asked} />
    </div>
  )
}
