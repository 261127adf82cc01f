import { useWords } from '#app/words/use-words.ts'
import { facets, noFilters } from '#services/catalog/rules/facets.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { useValueWord } from './facet-words.ts'
import { searchTo, type Asked } from './search-address.ts'

/** What filters the results at present, each with the way to take it away. */
export function ActiveFilters({ asked, found }: { asked: Asked; found: SearchPage }) {
  const t = useWords('search')
  const valueWord = useValueWord(found)
  const chosen = facets.flatMap((facet) =>
    asked.filters[facet].map((value) => ({
      key: facet + value,
      word: valueWord(facet, value),
      to: searchTo({ ...asked, filters: { ...asked.filters, [facet]: asked.filters[facet].filter((other) => other !== value) } }),
    })),
  )
  const active = [
    ...(found.rights
      ? [
          {
            key: 'rights',
            word: t('rights-active', { ...found.rights.words, exclusive: String(found.rights.exclusive) }),
            to: searchTo({ ...asked, rights: null }),
          },
        ]
      : []),
    ...(found.like ? [{ key: 'like', word: t('like', { title: found.like.title }), to: searchTo({ ...asked, like: '' }) }] : []),
    ...(found.tint ? [{ key: 'tint', word: t('tint', { tint: found.tint }), to: searchTo({ ...asked, tint: '' }) }] : []),
    ...chosen,
  ]
  if (active.length === 0) return null
  return (
    <ul className="active-filters" aria-label={t('active')}>
      {active.map(({ key, word, to }) => (
        <li key={key}>
          <Link to={to} preventScrollReset aria-label={t('remove', { word })}>
            {key === 'tint' && <span className="swatch" style={{ background: found.tint }} aria-hidden="true" />}
            {word} <Icon name="close" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to={searchTo({ ...asked, filters: noFilters(), rights: null, tint: '', like: '' })}
          preventScrollReset
          className="clear-filters"
        >
          {t('clear-all')}
        </Link>
      </li>
    </ul>
  )
}
