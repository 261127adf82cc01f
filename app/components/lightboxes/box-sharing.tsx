import { Form } from '@remix-run/react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ShareRight } from '#services/lightboxes/rules/rights.ts'
import { SubmitButton } from '../ui/button.tsx'
import { CopyText } from '../ui/code.tsx'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select } from '../ui/select.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'
import { When } from '../ui/when.tsx'

interface BoxSharingProps {
  boxId: string
  sharing: {
    members: { userId: string; name: string; right: ShareRight; left: boolean }[]
    colleagues: { userId: string; name: string }[]
    links: {
      id: string
      right: ShareRight
      label: string
      password: boolean
      endsAt: Date | null
      createdAt: Date
      openedAt: Date | null
    }[]
  }
  newLink: string | null
}

/** To whom a box is shown: colleagues by name, and whoever holds a link. */
export function BoxSharing({ boxId, sharing, newLink }: BoxSharingProps) {
  const t = useTranslations('lightboxes')
  const action = `/lightboxes/${boxId}/share`
  // Its cookie is gone with the first answer; what else makes the page read itself again must not take it from the reader.
  const [shown, setShown] = useState(newLink)
  if (newLink && newLink !== shown) setShown(newLink)
  const rights = (['VIEW', 'COMMENT', 'EDIT'] as const).map((right) => ({ value: right, label: t(`rights.${right}`) }))
  const { links } = sharing
  return (
    <Panel title={t('sharing')}>
      <Stack gap="lg">
        {shown && links.length > 0 && (
          <Notice tone="success" title={t('link-made')} live>
            <p>
              <CopyText value={shown} />
            </p>
            <p className="small">{t('link-once')}</p>
          </Notice>
        )}
        {sharing.members.length > 0 && (
          <ul className="box-members">
            {sharing.members.map(({ userId, name, right, left }) => (
              <li key={userId}>
                <span>
                  {name} <span className="small muted">{left ? t('has-left') : t(`rights.${right}`)}</span>
                </span>
                <Form method="post" action={action} preventScrollReset>
                  <input type="hidden" name="userId" value={userId} />
                  <SubmitButton
                    tone="quiet"
                    size="sm"
                    formAction={action}
                    name="verb"
                    value="unshare"
                    aria-label={t('stop-sharing', { name })}
                  >
                    {t('stop')}
                  </SubmitButton>
                </Form>
              </li>
            ))}
          </ul>
        )}
        {sharing.colleagues.length > 0 ? (
          <Form method="post" action={action} preventScrollReset>
            <Stack gap="sm">
              <Select
                name="userId"
                label={t('colleague')}
                options={sharing.colleagues.map(({ userId, name }) => ({ value: userId, label: name }))}
              />
              <Select name="right" label={t('may')} options={rights} />
              <SubmitButton tone="secondary" formAction={action} name="verb" value="share">
                {t('share')}
              </SubmitButton>
            </Stack>
          </Form>
        ) : (
          <p className="small muted">{t('no-colleagues')}</p>
        )}
        {links.length > 0 && (
          <ul className="box-members">
            {links.map(({ id, label, right, password, endsAt, openedAt, createdAt }) => (
              <li key={id}>
                <span>
                  {label || t('link-of')} <span className="small muted">{t(`rights.${right}`)}</span>
                  <br />
                  <span className="small muted">
                    <When at={createdAt} to="day" />
                    {password && <> · {t('with-password')}</>}
                    {endsAt && (
                      <>
                        {' · '}
                        {t('until')} <When at={endsAt} to="day" endOfSpan />
                      </>
                    )}
                    {openedAt && (
                      <>
                        {' · '}
                        {t('opened')} <When at={openedAt} to="day" />
                      </>
                    )}
                  </span>
                </span>
                <Form method="post" action={action} preventScrollReset>
                  <input type="hidden" name="linkId" value={id} />
                  <SubmitButton
                    tone="quiet"
                    size="sm"
                    formAction={action}
                    name="verb"
                    value="end-link"
                    aria-label={t('end-link', { label: label || t('link-of') })}
                  >
                    {t('end')}
                  </SubmitButton>
                </Form>
              </li>
            ))}
          </ul>
        )}
        <details>
          <summary>{t('by-link')}</summary>
          <Form method="post" action={action}>
            <Stack gap="sm">
              <Select name="right" label={t('may')} options={rights.slice(0, 2)} />
              <TextField name="label" label={t('for-whom')} optional maxLength={120} autoComplete="off" />
              <TextField name="endsOn" type="date" label={t('ends-on')} optional />
              <TextField
                name="password"
                type="password"
                label={t('password')}
                hint={t('password-hint')}
                optional
                minLength={6}
                maxLength={200}
                autoComplete="new-password"
              />
              <SubmitButton tone="secondary" icon="link" formAction={action} name="verb" value="link">
                {t('make-link')}
              </SubmitButton>
            </Stack>
          </Form>
        </details>
      </Stack>
    </Panel>
  )
}
