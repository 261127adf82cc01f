import { useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink } from '../ui/button.tsx'

interface Saying {
  title: string
  text: ReactNode
  actions: (here: string) => ReactNode
}

const home = (
  <ButtonLink to="/" tone="secondary">
    To the start
  </ButtonLink>
)
const search = (
  <ButtonLink to="/search" tone="primary" icon="search">
    Search pictures
  </ButtonLink>
)

const notFound: Saying = {
  title: 'There is nothing at this address',
  text: 'It may have moved, or the link was cut off on its way to you. If you came here from one of our pages, the fault is ours.',
  actions: () => (
    <>
      {search}
      {home}
    </>
  ),
}
const fault: Saying = {
  title: 'Something broke on our side',
  text: 'We have written it down. Nothing was bought, changed or sent twice by it: what you were doing either happened whole or not at all.',
  actions: (here) => (
    <>
      <ButtonLink to={here} reloadDocument tone="primary">
        Try again
      </ButtonLink>
      {home}
    </>
  ),
}

const sayings: Partial<Record<number, Saying>> = {
  400: {
    ...notFound,
    title: 'We could not read that request',
    text: 'Part of the address or the form was not in a shape that we know. Go back and try it once more.',
  },
  401: {
    title: 'Please sign in',
    text: 'This page belongs to somebody. Sign in, and we bring you back here.',
    actions: (here) => (
      <>
        <ButtonLink to={`/sign-in?then=${encodeURIComponent(here)}`} tone="primary">
          Sign in
        </ButtonLink>
        {home}
      </>
    ),
  },
  403: {
    title: 'This is not open to you',
    text: 'You are signed in, but your role does not include this page. Somebody who administers your organisation can change that.',
    actions: () => (
      <>
        {home}
        <ButtonLink to="/account">Your account</ButtonLink>
      </>
    ),
  },
  404: notFound,
  409: {
    ...fault,
    title: 'Somebody else was faster',
    text: 'What you were working on has changed in the meantime. Load it again to see how it stands now.',
  },
  410: {
    title: 'No longer offered',
    text: 'This picture was here once and has been withdrawn. Licences that were granted for it remain as they were agreed.',
    actions: () => (
      <>
        {search}
        <ButtonLink to="/collections">Browse collections</ButtonLink>
      </>
    ),
  },
  429: {
    title: 'One moment, please',
    text: 'There were more requests than we answer in one go. Wait a minute, then try again.',
    actions: fault.actions,
  },
}

/** What a page says that cannot be shown; there is always a way on. */
export function ErrorPage({ status, reference }: { status: number; reference?: string | undefined }) {
  const { pathname, search: query } = useLocation()
  const { title, text, actions } = sayings[status] ?? (status >= 500 ? fault : notFound)
  return (
    <div className="page error-page">
      <p className="error-status numeric" aria-hidden="true">
        {status}
      </p>
      <div className="stack">
        <h1>{title}</h1>
        <p className="lede">{text}</p>
        <div className="cluster">{actions(pathname + query)}</div>
        {reference && <p className="muted small">Reference: {reference}</p>}
      </div>
    </div>
  )
}
