import { useSearchParams } from '@remix-run/react'
import { ButtonLink } from './button.tsx'

/** The way through a list paged by cursor: to its beginning and to what comes next. Keeps the other search parameters. */
export function Pager({ next, param = 'after', label = 'More pages' }: { next: string | null; param?: string; label?: string }) {
  const [search] = useSearchParams()
  const later = search.has(param)
  if (!next && !later) return null
  const to = (cursor: string | null) => {
    const copy = new URLSearchParams(search)
    if (cursor) copy.set(param, cursor)
    else copy.delete(param)
    return `?${copy}`
  }
  return (
    <nav className="pager" aria-label={label}>
      {later ? (
        <ButtonLink to={to(null)} size="sm" icon="arrow-left">
          Back to the beginning
        </ButtonLink>
      ) : (
        <span />
      )}
      {next ? (
        <ButtonLink to={to(next)} size="sm" rel="next">
          Next page
        </ButtonLink>
      ) : (
        <span>End of the list</span>
      )}
    </nav>
  )
}
