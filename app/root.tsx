import hanken from './styles/fonts/hanken-grotesk-latin.woff2?url'
import newsreader from './styles/fonts/newsreader-latin.woff2?url'
import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useFetcher,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { useEffect, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { houseShown } from '#services/accounts/houses.ts'
import { cartCount } from '#services/commerce/cart-view.ts'
import { currencyFor } from '#services/licensing/currencies.ts'
import { isStaff, type Actor } from '#services/kernel/actor.ts'
import { localeOf } from '#services/kernel/language.ts'
import { waitingFor } from '#services/review/views.ts'
import { Alternates } from './components/shell/alternates.tsx'
import { CompareTray } from './components/catalog/compare-tray.tsx'
import { ErrorPage } from './components/shell/error-page.tsx'
import { useEarlyActs } from './components/shell/early-acts.ts'
import { Footer, themeFetcherKey } from './components/shell/footer.tsx'
import { BoxForm } from './components/lightboxes/box-form.tsx'
import { Header } from './components/shell/header.tsx'
import { NavigationProgress, useFocusOnNavigation } from './components/shell/navigation-focus.tsx'
import { useSlashKey } from './components/shell/slash-key.ts'
import { titled } from './components/shell/title.ts'
import { Toaster } from './components/shell/toaster.tsx'
import { answering } from './http/answer.server.ts'
import { cartTokenOf } from './http/cart.server.ts'
import { trayTiles } from './http/compare.server.ts'
import { contextOf } from './http/context.server.ts'
import { boxesFor } from './http/lightbox.server.ts'
import { asking, negotiate, rememberLanguage } from './http/language.server.ts'
import { chosenCurrency } from './http/currency.server.ts'
import { themeOf } from './http/theme.server.ts'
import { takeToast } from './http/toast.server.ts'
import { useNonce } from './nonce.ts'
import { languageInPath } from './words/addresses.ts'
import { heldWords, languageOf, wordsOf } from './words/words.ts'
import deskStyles from './styles/desk.css?url'
import './styles/index.css'

const font = (href: string) => ({ rel: 'preload', as: 'font', type: 'font/woff2', href, crossOrigin: 'anonymous' }) as const

export const links: LinksFunction = () => [font(hanken), font(newsreader), { rel: 'icon', href: '/mark.svg', type: 'image/svg+xml' }]

export const meta: MetaFunction<typeof loader> = ({ matches }) => titled(wordsOf(languageOf(matches), 'shell')('promise'))

export const loader = answering(async (args: LoaderFunctionArgs) => {
  const ctx = await contextOf(args)
  const { toast, setCookie } = await takeToast(args.request)
  const { remember } = negotiate(asking(args.request, null))
  const headers = new Headers()
  if (setCookie) headers.append('Set-Cookie', setCookie)
  if (remember) headers.append('Set-Cookie', rememberLanguage(remember, ctx.origin))
  const { actor, language, origin } = ctx
  const [theme, count, { timeZone: zone }, boxes, tray, money, waiting] = await Promise.all([
    themeOf(args.request),
    cartTokenOf(args).then((token) => cartCount(ctx, token)),
    houseShown(ctx),
    boxesFor(args, ctx),
    trayTiles(args.request, ctx),
    chosenCurrency(args.request).then((chosen) => currencyFor(ctx, chosen)),
    waitingFor(ctx),
  ])
  return data({ actor, language, origin, zone, theme, cartCount: count, boxes, tray, money, waiting, toast }, { headers })
})

/** For the pages of errors that came before anybody was known. */
const stranger: Actor = { kind: 'guest', houseId: '' }

/** A browser holds the texts of one language: where the reader has changed it elsewhere, the document is loaded anew. */
function useDocumentOf(asked: string | undefined, shown: string) {
  useEffect(() => {
    if (asked && asked !== shown) window.location.reload()
  }, [asked, shown])
}

/** The document around every page, the error pages included. */
export function Layout({ children }: { children: ReactNode }) {
  const shell = useRouteLoaderData<typeof loader>('root')
  const failed = Boolean(useRouteError())
  const { pathname } = useLocation()
  const nonce = useNonce()
  const chosen = useFetcher({ key: themeFetcherKey }).formData?.get('theme')
  const theme = String(chosen ?? shell?.theme ?? 'system')
  const { language, words } = heldWords(shell?.language ?? languageInPath(pathname).language)
  const t = wordsOf(language, 'shell')
  useDocumentOf(shell?.language, language)
  useFocusOnNavigation()
  useSlashKey()
  useEarlyActs()
  useEffect(() => void (document.documentElement.dataset.awake = ''), [])
  return (
    <IntlProvider locale={localeOf[language]} messages={words} timeZone={shell?.zone ?? 'UTC'}>
      <html lang={language} data-theme={theme === 'system' ? undefined : theme}>
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
          {shell && !failed && <Alternates origin={shell.origin} />}
          <Meta />
          <Links />
          {/* Half of all styles is for the desks: whoever comes to look at pictures does not wait for it. */}
          {isStaff(shell?.actor ?? stranger) && <link rel="stylesheet" href={deskStyles} />}
        </head>
        <body>
          <div className="shell-top">
            <a className="skip-link" href="#main">
              {t('skip')}
            </a>
            <NavigationProgress />
            <Header actor={shell?.actor ?? stranger} cartCount={shell?.cartCount ?? 0} waiting={shell?.waiting ?? 0} />
          </div>
          <main id="main" tabIndex={-1}>
            <Toaster toast={shell?.toast ?? null} />
            {children}
          </main>
          <CompareTray />
          <BoxForm />
          <Footer theme={theme} />
          <ScrollRestoration nonce={nonce} />
          <Scripts nonce={nonce} />
        </body>
      </html>
    </IntlProvider>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  return <ErrorPage status={status} />
}
