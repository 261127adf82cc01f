import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { noFilters } from '#services/catalog/rules/facets.ts'
import { phraseOf } from '#services/catalog/rules/phrase.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import type { WayOut, WaysOut } from '#services/catalog/ways-out.ts'
import { ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { useValueWord } from './facet-words.ts'
import { searchTo, type Asked } from './search-address.ts'

/** The longest that a title takes of what was typed. */
export const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const withoutIt = (asked: Asked, drop: WayOut['drop']): Asked =>
  drop === 'rights'
    ? { ...asked, rights: null }
    : drop === 'tint' || drop === 'like'
      ? { ...asked, [drop]: '' }
      : { ...asked, filters: { ...asked.filters, [drop.facet]: asked.filters[drop.facet].filter((value) => value !== drop.value) } }

/** How to go on where nothing was found: what to let go of, with what it would bring; each word alone; what lies near. */
export function NothingFound({ found, asked, ways }: { found: SearchPage; asked: Asked; ways: WaysOut }) {
  const t = useTranslations('search')
  const valueWord = useValueWord(found)
  const bare = { ...asked, filters: noFilters(), rights: null, tint: '', like: '', sort: 'relevance' as const }
  const named = (drop: WayOut['drop']) =>
    drop === 'rights'
      ? t('the-use')
      : drop === 'tint'
        ? t('the-colour')
        : drop === 'like'
          ? t('the-likeness')
          : t('quoted', { word: valueWord(drop.facet, drop.value) })
  return (
    <div className="nothing-found">
      <EmptyState
        icon="search"
        title={found.text ? t('none-for', { text: shortened(found.text) }) : t('none-fits')}
        action={
          <div className="cluster">
            {ways.unfiltered > 0 && <ButtonLink to={searchTo(bare)}>{t('without-filters')}</ButtonLink>}
            <ButtonLink to="/collections">{t('browse-collections')}</ButtonLink>
          </div>
        }
      >
        {ways.unfiltered > 0 ? t('fewer-filters') : t('other-words')}
      </EmptyState>
      {ways.without.length > 0 && (
        <Ways title={t('let-go')}>
          {ways.without.map(({ drop, total }) => (
            <Way key={JSON.stringify(drop)} to={searchTo(withoutIt(asked, drop))} total={total}>
              {t('without', { what: named(drop) })}
            </Way>
          ))}
        </Ways>
      )}
      {ways.included && (
        <Ways title={t('let-in')}>
          <Way to={searchTo({ ...asked, text: ways.included.text })} total={ways.included.total}>
            {ways.included.text}
          </Way>
        </Ways>
      )}
      {ways.words.length > 0 && (
        <Ways title={t('one-word')}>
          {ways.words.map(({ text, total }) => (
            <Way key={text} to={searchTo({ ...bare, text })} total={total}>
              {text}
            </Way>
          ))}
        </Ways>
      )}
      {ways.related.length > 0 && (
        <Ways title={t('related')}>
          {ways.related.map((text) => (
            <Way key={text} to={searchTo({ ...bare, text: phraseOf(text) ?? text })}>
              {text}
            </Way>
          ))}
        </Ways>
      )}
    </div>
  )
}

function Ways({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="ways">
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  )
}

function Way({ to, total, children }: { to: string; total?: number; children: ReactNode }) {
  const t = useTranslations('search')
  return (
    <li>
      <Link to={to}>{children}</Link>
      {total !== undefined && <span className="muted small numeric">{t('count', { count: total })}</span>}
    </li>
  )
}
