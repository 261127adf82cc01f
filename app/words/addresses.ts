import { languages, type Language } from '#services/kernel/language.ts'

/** The pages that a search engine may show: each has one address a language. All others have one, and remember the reader's. */
const twinned = [
  /^\/$/,
  /^\/search$/,
  /^\/licensing$/,
  /^\/assets\/[^/.]+$/,
  /^\/terms\/[^/.]+$/,
  /^\/collections(?:\/[^/.]+)?$/,
  /^\/contributors(?:\/[^/.]+)?$/,
]
const bareOf = (pathname: string): string => pathname.replace(/(?<=[^/])\/$/, '')

/** Whether a path, as it is written without a language, has a twin in every other one. */
export const isTwinned = (pathname: string): boolean => twinned.some((shape) => shape.test(bareOf(pathname)))

/** The language that an address is written in, and the same address without it. */
export function languageInPath(pathname: string): { language: Language; path: string } {
  const [, prefix, rest] = /^\/([a-z]{2})(\/.*)?$/.exec(pathname) ?? []
  const language = languages.find((each) => each !== 'en' && each === prefix)
  return language ? { language, path: rest ?? '/' } : { language: 'en', path: pathname }
}

/** The same page in a language: `/assets/x` is `/de/assets/x` in German. Addresses without twins, and of others, stay as they are. */
export function localHref(language: Language, href: string): string {
  if (!href.startsWith('/') || href.startsWith('//')) return href
  const [, pathname = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? []
  const { path } = languageInPath(pathname)
  if (!isTwinned(path)) return href
  return (language === 'en' ? path : path === '/' ? `/${language}` : `/${language}${path}`) + rest
}

/** The address of each language for a public page; null for all other pages. */
export function twinsOf(pathname: string): Record<Language, string> | null {
  const { path } = languageInPath(pathname)
  return isTwinned(path) ? { en: localHref('en', path), de: localHref('de', path) } : null
}

/** Pages of the house's own people, and of programs: these are written in English alone. */
const desks = /^\/(?:library|rights|clearance|finance|compliance|admin|api|hooks|health)(?:\/|$)/
export const isDesk = (pathname: string): boolean => desks.test(pathname)
