import { useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ButtonLink } from '../ui/button.tsx'

const known = [400, 401, 403, 404, 409, 410, 429, 500] as const
type Known = (typeof known)[number]

/** The ways on from each status; there is always one. */
function useWaysOn(here: string): Record<Known, ReactNode> {
  const t = useTranslations('errors')
  const home = (
    <ButtonLink to="/" tone="secondary">
      {t('home')}
    </ButtonLink>
  )
  const search = (
    <ButtonLink to="/search" tone="primary" icon="search">
      {t('search')}
    </ButtonLink>
  )
  const elsewhere = (
    <>
      {search}
      {home}
    </>
  )
  const again = (
    <>
      <ButtonLink to={here} reloadDocument tone="primary">
        {t('try-again')}
      </ButtonLink>
      {home}
    </>
  )
  return {
    400: elsewhere,
    401: (
      <>
        <ButtonLink to={`/sign-in?then=${encodeURIComponent(here)}`} tone="primary">
          {t('sign-in')}
        </ButtonLink>
        {home}
      </>
    ),
    403: (
      <>
        {home}
        <ButtonLink to="/account">{t('account')}</ButtonLink>
      </>
    ),
    404: elsewhere,
    409: again,
    410: (
      <>
        {search}
        <ButtonLink to="/collections">{t('collections')}</ButtonLink>
      </>
    ),
    429: again,
    500: again,
  }
}

/** What a page says that cannot be shown. */
export function ErrorPage({ status, reference }: { status: number; reference?: string | undefined }) {
  const t = useTranslations('errors')
  const { pathname, search: query } = useLocation()
  const ways = useWaysOn(pathname + query)
  const said = known.find((each) => each === status) ?? (status >= 500 ? 500 : 404)
  return (
    <div className="page error-page">
      <p className="error-status numeric" aria-hidden="true">
        {status}
      </p>
      <div className="stack">
        <h1>{t(`${said}.title`)}</h1>
        <p className="lede">{t(`${said}.text`)}</p>
        <div className="cluster">{ways[said]}</div>
        {reference && <p className="muted small">{t('reference', { reference })}</p>}
      </div>
    </div>
  )
}
