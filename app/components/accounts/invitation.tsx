import { Form, useLocation } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { ButtonLink, SubmitButton } from '../ui/button.tsx'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { Door } from './door.tsx'
import { Link } from '#app/components/ui/link.tsx'

/** An invitation that opens nothing any more, and the way on. */
export function ClosedInvitation({ state, orgName }: { state: 'expired' | 'used' | 'revoked'; orgName: string }) {
  const t = useTranslations('access')
  return (
    <Door eyebrow={t('invitation')} title={t('joining', { org: orgName })}>
      <Stack>
        <Notice tone="warning" title={t(`closed.${state}.title`)}>
          <p>{t(`closed.${state}.text`)}</p>
        </Notice>
        <ButtonLink to="/sign-in" wide>
          {t('to-sign-in')}
        </ButtonLink>
      </Stack>
    </Door>
  )
}

interface JoinWithAccountProps {
  next: 'sign-in' | 'other-account' | 'ready'
  orgName: string
  email: string
}

/** An invitation to somebody who has an account: sign in, sign out of another, or one click. */
export function JoinWithAccount({ next, orgName, email }: JoinWithAccountProps) {
  const t = useTranslations('access')
  const { pathname } = useLocation()
  return (
    <Door eyebrow={t('invitation')} title={t('join', { org: orgName })} lead={t('invited-as', { email })}>
      {next === 'ready' && (
        <Form method="post">
          <Stack>
            <p>{t('already-in')}</p>
            <SubmitButton wide size="lg">
              {t('join', { org: orgName })}
            </SubmitButton>
          </Stack>
        </Form>
      )}
      {next === 'sign-in' && (
        <Stack>
          <p>{t('have-account')}</p>
          <ButtonLink to={`/sign-in?${new URLSearchParams({ then: pathname, email })}`} tone="primary" wide size="lg">
            {t('sign-in-to-join')}
          </ButtonLink>
          <p className="small">
            <Link to="/forgot-password">{t('forgotten')}</Link>
          </p>
        </Stack>
      )}
      {next === 'other-account' && (
        <Form method="post" action="/sign-out">
          <Stack>
            <Notice tone="warning" title={t('other-account')}>
              <p>{t('sign-out-first')}</p>
            </Notice>
            <SubmitButton tone="secondary" wide>
              {t('sign-out')}
            </SubmitButton>
          </Stack>
        </Form>
      )}
    </Door>
  )
}
