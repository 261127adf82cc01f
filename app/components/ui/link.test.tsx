import { Link as RouterLink, type LinkProps } from '@remix-run/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { StaticRouter } from 'react-router-dom/server'
import { IntlProvider } from 'use-intl'
import { expect, test } from 'vitest'
import { Link } from './link.tsx'

const drawn = (Kind: typeof RouterLink | typeof Link, props: LinkProps): string =>
  renderToStaticMarkup(
    <IntlProvider locale="en-GB" messages={{} as never} timeZone="UTC">
      <StaticRouter location="/search?page=1">
        <Kind {...props} />
      </StaticRouter>
    </IntlProvider>,
  )

test.each<[string, LinkProps]>([
  ['a page of ours', { to: '/collections', children: 'Collections' }],
  ['a question', { to: '/search?q=a&b=%22#top', className: 'button', 'aria-current': 'page', children: 'a & b' }],
  ['one that loads the document', { to: '/library', reloadDocument: true, children: 'Library' }],
  [
    'one with words for the router',
    { to: '/search', preventScrollReset: true, replace: true, prefetch: 'intent', state: 1, children: 'Search' },
  ],
  ['a place from here', { to: '?page=2', children: 'Next' }],
  ['another site', { to: 'https://example.com/', children: 'Elsewhere' }],
  ['another host', { to: '//example.com/', children: 'Elsewhere' }],
])('the server draws %s as the router does', (_of, props) => {
  expect(drawn(Link, props)).toBe(drawn(RouterLink, props))
})
