import { useCallback, useEffect, useRef } from 'react'
import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'
import { inARow } from '#services/kernel/language.ts'
import { pageSize } from '#services/catalog/rules/facets.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import type { WaysOut } from '#services/catalog/ways-out.ts'
import { useTileBoxes } from '../lightboxes/add-to-lightbox.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { useLocalHref } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { ActiveFilters } from './active-filters.tsx'
import { NothingFound, shortened } from './nothing-found.tsx'
import { NumberedPages } from './numbered-pages.tsx'
import { PictureGrid } from './picture-grid.tsx'
import { searchTo, type Asked } from './search-address.ts'
import { useContinuous } from './use-continuous.ts'

/** So many pages come by themselves; then the end of the page can be reached again, and a button asks for more. */
const byThemselves = 4

/** The results, page by page or continuously: each page has an address, and without scripts the buttons are links to it. */
function Pictures({ found, asked, prices, continuous }: ResultsProps) {
  const t = useWords('search')
  const href = useLocalHref()
  const addressOf = useCallback((page: number) => href(searchTo(asked, page)), [href, asked])
  const { run, load, loading } = useContinuous(found, continuous, addressOf)
  const end = useRef<HTMLDivElement>(null)
  const acts = useTileBoxes()
  const more = continuous && run.to < found.pages
  const alone = run.to - run.from + 1 < byThemselves
  useEffect(() => {
    if (!more || !alone || loading || !end.current) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && load(run.to + 1), { rootMargin: '900px' })
    watch.observe(end.current)
    return () => watch.disconnect()
  })
  const shown = run.tiles.length
  return (
    <>
      {continuous && run.from > 1 && (
        <div className="more">
          <ButtonLink to={searchTo(asked, run.from - 1)} onClick={(event) => (event.preventDefault(), load(run.from - 1))} size="sm">
            {t('earlier')}
          </ButtonLink>
        </div>
      )}
      <PictureGrid tiles={run.tiles} eager={2} prices={prices} acts={acts} coming={loading ? 8 : 0} />
      {!continuous && <NumberedPages page={found.page} pages={found.pages} to={(page) => searchTo(asked, page)} />}
      {more && (
        <div className="more" ref={end}>
          <ButtonLink
            to={searchTo(asked, run.to + 1)}
            rel="next"
            onClick={(event) => {
              event.preventDefault()
              load(run.to + 1)
            }}
          >
            {t(loading ? 'loading' : 'more')}
          </ButtonLink>
        </div>
      )}
      <p className="muted small numeric" role={continuous ? 'status' : undefined}>
        {t('range', { from: (run.from - 1) * pageSize + 1, to: (run.from - 1) * pageSize + shown, total: found.total })}
        {found.pages * pageSize < found.total && ` ${t('first-only', { count: found.pages * pageSize })}`}
      </p>
    </>
  )
}

interface ResultsProps {
  found: SearchPage
  asked: Asked
  prices: Record<number, string>
  continuous: boolean
}

/** The results: notes on how the words were understood, the grid, the pages; or how to go on when there is nothing. */
export function SearchResults({ ways, ...results }: ResultsProps & { ways: WaysOut | null }) {
  const t = useWords('search')
  const language = useLanguage()
  const { found, asked } = results
  const either = (words: readonly string[]) =>
    inARow(
      words.map((word) => t('quoted', { word })),
      language,
      'or',
    )
  return (
    <div className="results stack">
      {found.cut && <Notice tone="info">{t('cut')}</Notice>}
      {found.corrections.length > 0 && (
        <Notice tone="info" title={found.corrections.map(({ wrong }) => t('nobody-has', { word: shortened(wrong) })).join(' ')}>
          <p>
            {t('instead', {
              words: inARow(
                found.corrections.map(({ right }) => either(right)),
                language,
              ),
            })}
          </p>
        </Notice>
      )}
      <ActiveFilters asked={asked} found={found} />
      {found.withheld > 0 && <Notice tone="info">{t('withheld', { count: found.withheld })}</Notice>}
      {found.tiles.length > 0 || !ways ? <Pictures {...results} /> : <NothingFound found={found} asked={asked} ways={ways} />}
    </div>
  )
}
