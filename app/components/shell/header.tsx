import { Form, useLocation } from '@remix-run/react'
import type { Actor } from '#services/kernel/actor.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { languageInPath } from '#app/words/addresses.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link, NavLink, useLocalHref } from '../ui/link.tsx'
import { Menu } from '../ui/menu.tsx'
import { useRowInSight } from '../ui/row-in-sight.ts'
import { Mark } from './mark.tsx'
import { areaOf, areasFor, placeOf, type Area } from './navigation.ts'

function Areas({ areas, here }: { areas: readonly Area[]; here: Area | undefined }) {
  return (
    <>
      {areas.map(({ to, label, lang }) => (
        <Link key={to} to={to} lang={lang} aria-current={here?.to === to ? 'true' : undefined}>
          {label}
        </Link>
      ))}
    </>
  )
}

function SearchBox() {
  const t = useWords('shell')
  const local = useLocalHref()
  return (
    <search className="header-search">
      <Form action={local('/search')} role="search">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          name="q"
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={500}
          autoComplete="off"
        />
      </Form>
    </search>
  )
}

function Account({ actor }: { actor: Actor }) {
  const t = useWords('shell')
  if (!isPerson(actor)) {
    return (
      <Link className="header-link" to="/sign-in">
        {t('sign-in')}
      </Link>
    )
  }
  return (
    <Menu label={t('account-of', { name: actor.name })} align="end" className="header-account" trigger={<Avatar name={actor.name} />}>
      <p className="menu-person">
        <strong>{actor.name}</strong>
        <span className="muted small">{actor.orgName}</span>
      </p>
      <hr />
      <Link to="/account">{t('places.account')}</Link>
      {actor.orgKind !== 'OWNER' && <Link to="/organisation">{t('places.organisation')}</Link>}
      {actor.orgKind !== 'OWNER' && <Link to="/licences">{t('places.licences')}</Link>}
      {actor.orgKind === 'CUSTOMER' && <Link to="/orders">{t('places.orders')}</Link>}
      <hr />
      <Form method="post" action="/sign-out">
        <button type="submit">{t('sign-out')}</button>
      </Form>
    </Menu>
  )
}

/** Brand, the areas that this person may open, search, cart, account; below it the places of the present area. */
export function Header({ actor, cartCount, waiting }: { actor: Actor; cartCount: number; waiting: number }) {
  const t = useWords('shell')
  const boxes = useWords('lightboxes')
  const { path: pathname } = languageInPath(useLocation().pathname)
  const areas = areasFor(actor, useLanguage())
  const area = areaOf(areas, pathname)
  const place = area && placeOf(area, pathname)
  const places = useRowInSight(place?.to)
  const ownSearch = pathname === '/' || pathname === '/search'
  const buys = !isPerson(actor) || actor.orgKind !== 'OWNER'
  return (
    <header className="header">
      <div className="header-bar">
        <NavLink className="brand" to="/" aria-label={t('to-start')}>
          <Mark />
          <span>Clearmark</span>
        </NavLink>
        <nav className="areas" aria-label={t('areas')}>
          <Areas areas={areas} here={area} />
        </nav>
        <div className="header-tools">
          {!ownSearch && <SearchBox />}
          <Link className="header-cart" to="/lightboxes" aria-label={boxes('title')} title={boxes('title')}>
            <Icon name="lightbox" />
          </Link>
          {buys && (
            <Link className="header-cart" to="/cart" aria-label={t('cart', { count: cartCount })}>
              <Icon name="cart" />
              {cartCount > 0 && <span className="header-count numeric">{cartCount}</span>}
            </Link>
          )}
          <Account actor={actor} />
          <div className="header-menu">
            <Menu label={t('menu')} align="end" className="header-account" trigger={<Icon name="menu" />}>
              <nav aria-label={t('areas')}>
                <Link to="/search">
                  <Icon name="search" /> {t('search')}
                </Link>
                <hr />
                <Areas areas={areas} here={area} />
              </nav>
            </Menu>
          </div>
        </div>
      </div>
      {area && area.places.length > 1 && (
        <nav className="places" {...places} aria-label={area.label}>
          {area.places.map(({ to, label }) => (
            <Link key={to} to={to} aria-current={place?.to === to ? 'page' : undefined}>
              {label}
              {to === '/library/review' && waiting > 0 && (
                <>
                  {' '}
                  <span className="places-count numeric">{waiting > 99 ? '99+' : waiting}</span>
                </>
              )}
            </Link>
          ))}
        </nav>
      )}
    </header>
  )
}
