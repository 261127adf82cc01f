import { Link as RemixLink, NavLink as RemixNavLink, type LinkProps, type NavLinkProps } from '@remix-run/react'
import { isDesk, localHref } from '#app/words/addresses.ts'
import { useLanguage } from '#app/words/use-language.ts'

/** Turns an address of ours into the one of the reader's language: for `action` of forms and for `navigate`. */
export function useLocalHref(): (href: string) => string {
  const language = useLanguage()
  return (href) => localHref(language, href)
}

/** Desks are written in English: the way there and back from another language loads the document anew. */
function useTarget(to: LinkProps['to']) {
  const language = useLanguage()
  if (typeof to !== 'string') return { to }
  return { to: localHref(language, to), ...(language !== 'en' && isDesk(to) && { reloadDocument: true }) }
}

const drawnByServer = typeof document === 'undefined'
/** What is said to the router, and is no attribute. */
const forRouter = new Set([
  'prefetch',
  'discover',
  'replace',
  'state',
  'preventScrollReset',
  'relative',
  'viewTransition',
  'reloadDocument',
])

/**
 * What of a link stands in a page: its address. Where it leads from here, what a press of it does and what is fetched ahead is for the
 * browser to work out, and dear to ask for each link of each page that the server draws.
 */
function Drawn({ to, children, ...rest }: LinkProps) {
  const attributes = Object.fromEntries(Object.entries(rest).filter(([name]) => !forRouter.has(name)))
  return (
    <a {...attributes} data-discover={rest.reloadDocument ? undefined : 'true'} href={String(to)}>
      {children}
    </a>
  )
}

const isPath = (to: LinkProps['to']): boolean => typeof to === 'string' && /^\/(?!\/)/.test(to)

/** A link of ours that stays in the reader's language. */
export function Link({ to, ...rest }: LinkProps) {
  const target = { ...useTarget(to), ...rest }
  return drawnByServer && isPath(target.to) ? <Drawn {...target} /> : <RemixLink {...target} />
}

/** The same, which knows when it leads to where one is. */
export function NavLink({ to, ...rest }: NavLinkProps) {
  return <RemixNavLink {...useTarget(to)} {...rest} />
}
