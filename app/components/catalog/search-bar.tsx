import { useWords } from '#app/words/use-words.ts'
import { sorts } from '#services/catalog/rules/facets.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { SaveSearch } from './save-search.tsx'
import type { Asked } from './search-address.ts'

interface SearchBarProps {
  total: number
  asked: Asked
  way: 'pages' | 'continuous'
  signedIn: boolean
}

/** How many there are, in which order, and how they go on: page by page or continuously. */
export function SearchBar({ total, asked, way }: SearchBarProps) {
  const t = useWords('search')
  const similar = useWords('similar')
  return (
    <div className="search-bar">
      <p role="status" className="numeric">
        {t('count', { count: total })}
      </p>
      <div className="cluster">
        <label className="sort">
          <span className="muted small">{t('sort-by')}</span>
          <select name="sort" className="input" defaultValue={asked.sort} key={asked.sort} aria-label={t('sort-by')}>
            {sorts.map((sort) => (
              <option key={sort} value={sort}>
                {t(`sort.${sort}`)}
              </option>
            ))}
          </select>
        </label>
        <span className="ways-on" role="group" aria-label={t('way')}>
          {(['pages', 'continuous'] as const).map((one) => (
            <button key={one} type="submit" form="results-way" name="way" value={one} aria-pressed={way === one} title={t(`ways.${one}`)}>
              <Icon name={one === 'pages' ? 'pages' : 'continuous'} label={t(`ways.${one}`)} />
            </button>
          ))}
        </span>
        <Button size="sm" icon="filter" data-facets-open="" {...{ popovertarget: 'facets' }}>
          {t('filters')}
        </Button>
        <noscript>
          <Button size="sm" type="submit">
            {t('apply')}
          </Button>
        </noscript>
      </div>
      <div className="search-more">
        <SaveSearch asked={asked} />
        <Link to="/search/picture" className="small">
          {similar('link')}
        </Link>
      </div>
    </div>
  )
}
