import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { LinkStanding } from '#services/intake/rules/standing.ts'

interface Door {
  houseName: string
  name: string | null
  standing: LinkStanding
  endsAt: Date | null
  zone: string
}

/** A link with a password says whose it is, and nothing else. */
export function LockedDoor({ page, errors }: { page: Door; errors: string[] | undefined }) {
  const t = useTranslations('guests')
  return (
    <>
      <PageHeader title={t('locked', { house: page.houseName })}>{t('locked-words')}</PageHeader>
      <Form method="post">
        <Stack>
          <input type="hidden" name="verb" value="unlock" />
          <TextField name="password" type="password" label={t('password')} required autoComplete="off" {...(errors && { errors })} />
          <SubmitButton>{t('open')}</SubmitButton>
        </Stack>
      </Form>
    </>
  )
}

const closed = { REVOKED: 'revoked', ENDED: 'ended', FULL: 'full', OPEN: 'ended' } as const satisfies Record<LinkStanding, string>

/** Why a link that was good takes nothing more. */
export function ClosedDoor({ page }: { page: Door }) {
  const t = useTranslations('guests')
  return (
    <>
      <PageHeader eyebrow={page.houseName} title={page.name ?? page.houseName} />
      <Notice title={t(`closed-title.${closed[page.standing]}`)}>
        <p>{t(`closed.${closed[page.standing]}`)}</p>
        {page.standing === 'ENDED' && page.endsAt && (
          <p className="muted">
            {t('ended-at')} <When at={page.endsAt} to="day" zone={page.zone} endOfSpan />
          </p>
        )}
      </Notice>
    </>
  )
}
