import { useSearchParams } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { ButtonLink } from '../ui/button.tsx'

/** The way through the pages of a long box. */
export function BoxPages({ page, pages }: { page: number; pages: number }) {
  const t = useTranslations('lightboxes')
  const [search] = useSearchParams()
  if (pages === 1) return null
  const to = (n: number) => {
    const copy = new URLSearchParams(search)
    copy.set('page', String(n))
    copy.delete('undo')
    return `?${copy}`
  }
  return (
    <nav className="pager" aria-label={t('pages')}>
      {page > 1 ? (
        <ButtonLink to={to(page - 1)} size="sm" icon="arrow-left" rel="prev">
          {t('previous')}
        </ButtonLink>
      ) : (
        <span />
      )}
      <span className="small numeric">{t('page-of', { page, pages })}</span>
      {page < pages ? (
        <ButtonLink to={to(page + 1)} size="sm" rel="next">
          {t('next')}
        </ButtonLink>
      ) : (
        <span />
      )}
    </nav>
  )
}
