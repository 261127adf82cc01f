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

/** A link of ours that stays in the reader's language. */
export function Link({ to, ...rest }: LinkProps) {
  return <RemixLink {...useTarget(to)} {...rest} />
}

/** The same, which knows when it leads to where one is. */
export function NavLink({ to, ...rest }: NavLinkProps) {
  return <RemixNavLink {...useTarget(to)} {...rest} />
}
