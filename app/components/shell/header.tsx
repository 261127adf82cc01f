import { Form, Link, NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { Actor } from '#services/kernel/actor.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { Mark } from './mark.tsx'
import { areaOf, areasFor, placeOf, type Area } from './navigation.ts'

function Areas({ areas, here }: { areas: readonly Area[]; here: Area | undefined }) {
  return (
    <>
      {areas.map(({ to, label }) => (
        <Link key={to} to={to} aria-current={here?.to === to ? 'true' : undefined}>
          {label}
        </Link>
      ))}
    </>
  )
}

function SearchBox() {
  return (
    <search className="header-search">
      <Form action="/search" role="search">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          name="q"
          aria-label="Search pictures"
          placeholder="Search pictures"
          maxLength={500}
          autoComplete="off"
        />
      </Form>
    </search>
  )
}

function Account({ actor }: { actor: Actor }) {
  if (!isPerson(actor)) {
    return (
      <Link className="header-link" to="/sign-in">
        Sign in
      </Link>
    )
  }
  return (
    <Menu label={`Account of ${actor.name}`} align="end" className="header-account" trigger={<Avatar name={actor.name} />}>
      <p className="menu-person">
        <strong>{actor.name}</strong>
        <span className="muted small">{actor.orgName}</span>
      </p>
      <hr />
      <Link to="/account">Your account</Link>
      {actor.orgKind !== 'OWNER' && <Link to="/organisation">Your organisation</Link>}
      {actor.orgKind !== 'OWNER' && <Link to="/licences">Licences</Link>}
      {actor.orgKind === 'CUSTOMER' && <Link to="/orders">Orders</Link>}
      <hr />
      <Form method="post" action="/sign-out">
        <button type="submit">Sign out</button>
      </Form>
    </Menu>
  )
}

const cartWords = (count: number) => (count === 0 ? 'Cart, empty' : `Cart, ${count} ${count === 1 ? 'licence' : 'licences'}`)

/** Brand, the areas that this person may open, search, cart, account; below it the places of the present area. */
export function Header({ actor, cartCount }: { actor: Actor; cartCount: number }) {
  const { pathname } = useLocation()
  const areas = areasFor(actor)
  const area = areaOf(areas, pathname)
  const place = area && placeOf(area, pathname)
  const places = useRef<HTMLElement>(null)
  // On a telephone the row of places is longer than the window: the present one is brought into sight.
  useEffect(() => {
    const here = places.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (places.current && here) places.current.scrollLeft = here.offsetLeft - (places.current.clientWidth - here.offsetWidth) / 2
  }, [place?.to])
  const ownSearch = pathname === '/' || pathname === '/search'
  const buys = !isPerson(actor) || actor.orgKind !== 'OWNER'
  return (
    <header className="header">
      <div className="header-bar">
        <NavLink className="brand" to="/" aria-label="Clearmark, to the start">
          <Mark />
          <span>Clearmark</span>
        </NavLink>
        <nav className="areas" aria-label="Areas">
          <Areas areas={areas} here={area} />
        </nav>
        <div className="header-tools">
          {!ownSearch && <SearchBox />}
          {buys && (
            <Link className="header-cart" to="/cart" aria-label={cartWords(cartCount)}>
              <Icon name="cart" />
              {cartCount > 0 && <span className="header-count numeric">{cartCount}</span>}
            </Link>
          )}
          <Account actor={actor} />
          <div className="header-menu">
            <Menu label="Menu" align="end" className="header-account" trigger={<Icon name="menu" />}>
              <nav aria-label="Areas">
                <Link to="/search">
                  <Icon name="search" /> Search pictures
                </Link>
                <hr />
                <Areas areas={areas} here={area} />
              </nav>
            </Menu>
          </div>
        </div>
      </div>
      {area && area.places.length > 1 && (
        <nav className="places" ref={places} aria-label={area.label}>
          {area.places.map(({ to, label }) => (
            <Link key={to} to={to} aria-current={place?.to === to ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
      )}
    </header>
  )
}
