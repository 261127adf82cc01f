import { useSearchParams } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { ButtonLink } from './button.tsx'

/** The way through a list paged by cursor: to its beginning and to what comes next. Keeps the other search parameters. */
export function Pager({ next, param = 'after', label }: { next: string | null; param?: string; label?: string }) {
  const t = useTranslations('ui')
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
    <nav className="pager" aria-label={label ?? t('more-pages')}>
      {later ? (
        <ButtonLink to={to(null)} size="sm" icon="arrow-left">
          {t('back-to-beginning')}
        </ButtonLink>
      ) : (
        <span />
      )}
      {next ? (
        <ButtonLink to={to(next)} size="sm" rel="next">
          {t('next-page')}
        </ButtonLink>
      ) : (
        <span>{t('end-of-list')}</span>
      )}
    </nav>
  )
}
