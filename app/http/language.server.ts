import { isbot } from 'isbot'
import type { Person } from '#services/kernel/actor.ts'
import { isLanguage, languages, type Language } from '#services/kernel/language.ts'
import { isDesk, isTwinned, languageInPath, localHref } from '#app/words/addresses.ts'

/** What a request says about the language it wants. */
export interface LanguageAsking {
  method: string
  pathname: string
  search: string
  /** What the reader saw last, by their cookie. */
  cookie: Language | null
  /** What the signed-in person has chosen. */
  choice: Language | null
  /** The Accept-Language header. */
  accept: string | null
  robot: boolean
}

/** The first of our languages that a browser names; its order is by weight, then as written. */
export function accepted(header: string | null): Language | null {
  const wishes = (header ?? '').split(',').flatMap((part, at) => {
    const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
    const weight = Number(/^\s*q=([\d.]+)$/.exec(rest.find((each) => /^\s*q=/.test(each)) ?? '')?.[1] ?? 1)
    const language = tag.split('-')[0]
    return isLanguage(language) && weight > 0 ? [{ language, weight, at }] : []
  })
  return wishes.sort((a, b) => b.weight - a.weight || a.at - b.at)[0]?.language ?? null
}

/**
 * The rule of docs/decisions/080-languages.md. Of a public page the address says the language; a reader who is known to
 * read another one is led to its twin, except robots, which follow the alternates. Everywhere else the reader decides.
 */
export function negotiate(asked: LanguageAsking): { language: Language; leadTo?: string; remember?: Language } {
  const { method, pathname, search, cookie, choice, accept, robot } = asked
  const { language, path } = languageInPath(pathname)
  const reads = method === 'GET' || method === 'HEAD'
  const visited = (shown: Language) => (reads && !robot && cookie !== shown ? { language: shown, remember: shown } : { language: shown })
  if (language !== 'en') return isTwinned(path) ? visited(language) : { language }
  if (isTwinned(path)) {
    const known = cookie ?? choice ?? (path === '/' ? accepted(accept) : null)
    if (reads && !robot && known && known !== 'en') return { language: known, leadTo: localHref(known, path) + search }
    return visited('en')
  }
  if (isDesk(path)) return { language: 'en' }
  return { language: cookie ?? choice ?? accepted(accept) ?? 'en' }
}

/** What a request says, with the address as its reader sees it: without the marks of a page's data. */
export function asking(request: Request, person: Pick<Person, 'language'> | null): LanguageAsking {
  const url = new URL(request.url)
  url.searchParams.delete('_routes')
  const pathname = url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/')
  return {
    method: request.method,
    pathname,
    search: url.search,
    cookie: cookieOf(request),
    choice: person?.language ?? null,
    accept: request.headers.get('accept-language'),
    robot: isbot(request.headers.get('user-agent') ?? ''),
  }
}

function cookieOf(request: Request): Language | null {
  const value = /(?:^|;\s*)language=([a-z]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
  return isLanguage(value) ? value : null
}

/** `Set-Cookie` that remembers what the reader reads. */
export const rememberLanguage = (language: Language, origin: string): string =>
  `language=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${origin.startsWith('https://') ? '; Secure' : ''}`

/** The language in which a page was put together: what its root said. */
export function languageOfAnswer(loaderData: Record<string, unknown>): Language {
  const said = (loaderData.root as { language?: unknown } | undefined)?.language
  return languages.find((language) => language === said) ?? 'en'
}

const settled = new WeakMap<Request, Language>()

/** Notes in which language a request is answered, for what is asked about the request alone. */
export const settleLanguage = (request: Request, language: Language) => void settled.set(request, language)
export const languageOfRequest = (request: Request): Language => settled.get(request) ?? 'en'
