import hanken from '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2?url'
import newsreader from '@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2?url'
import { data, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useFetcher,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { cartCount } from '#services/commerce/cart-view.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { ErrorPage } from './components/shell/error-page.tsx'
import { Footer, themeFetcherKey } from './components/shell/footer.tsx'
import { Header } from './components/shell/header.tsx'
import { NavigationProgress, useFocusOnNavigation } from './components/shell/navigation-focus.tsx'
import { titled } from './components/shell/title.ts'
import { Toaster } from './components/shell/toaster.tsx'
import { answering } from './http/answer.server.ts'
import { cartTokenOf } from './http/cart.server.ts'
import { contextOf } from './http/context.server.ts'
import { themeOf } from './http/theme.server.ts'
import { takeToast } from './http/toast.server.ts'
import { useNonce } from './nonce.ts'
import './styles/index.css'

const font = (href: string) => ({ rel: 'preload', as: 'font', type: 'font/woff2', href, crossOrigin: 'anonymous' }) as const

export const links: LinksFunction = () => [font(hanken), font(newsreader), { rel: 'icon', href: '/mark.svg', type: 'image/svg+xml' }]

export const meta = () => titled('Pictures with their rights attached')

export const loader = answering(async (args: LoaderFunctionArgs) => {
  const ctx = await contextOf(args)
  const { toast, setCookie } = await takeToast(args.request)
  const shell = { actor: ctx.actor, theme: await themeOf(args.request), cartCount: await cartCount(ctx, await cartTokenOf(args)), toast }
  return data(shell, setCookie ? { headers: { 'Set-Cookie': setCookie } } : {})
})

/** For the pages of errors that came before anybody was known. */
const stranger: Actor = { kind: 'guest', houseId: '' }

/** The document around every page, the error pages included. */
export function Layout({ children }: { children: ReactNode }) {
  const shell = useRouteLoaderData<typeof loader>('root')
  const nonce = useNonce()
  const chosen = useFetcher({ key: themeFetcherKey }).formData?.get('theme')
  const theme = String(chosen ?? shell?.theme ?? 'system')
  useFocusOnNavigation()
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <Meta />
        <Links />
      </head>
      <body>
        <div className="shell-top">
          <a className="skip-link" href="#main">
            Skip to the content
          </a>
          <NavigationProgress />
          <Header actor={shell?.actor ?? stranger} cartCount={shell?.cartCount ?? 0} />
        </div>
        <main id="main" tabIndex={-1}>
          <Toaster toast={shell?.toast ?? null} />
          {children}
        </main>
        <Footer theme={theme} />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
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
