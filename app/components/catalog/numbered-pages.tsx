import { useWords } from '#app/words/use-words.ts'
import { ButtonLink } from '../ui/button.tsx'

/** The way through numbered pages, each with an address of its own. */
export function NumberedPages({ page, pages, to }: { page: number; pages: number; to: (page: number) => string }) {
  const t = useWords('search')
  if (pages < 2) return null
  return (
    <nav className="pager" aria-label={t('pages')}>
      {page > 1 ? (
        <ButtonLink to={to(page - 1)} size="sm" rel="prev" icon="arrow-left">
          {t('previous')}
        </ButtonLink>
      ) : (
        <span />
      )}
      <span className="numeric">{t('page-of', { page, pages })}</span>
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
