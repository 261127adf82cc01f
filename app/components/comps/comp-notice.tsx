import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { ButtonLink, SubmitButton } from '../ui/button.tsx'
import { Cluster } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'

interface CompNoticeProps {
  licence: { id: string; asset: { id: string }; daysLeft: number | null }
  inForce: boolean
}

/** What a layout file is good for, and the ways on from it: to license the picture, or to draft a little longer. */
export function CompNotice({ licence, inForce }: CompNoticeProps) {
  const t = useTranslations('comps')
  const action = `/comps/${licence.id}/renew`
  return (
    <Notice tone={inForce ? 'info' : 'warning'} title={t(inForce ? 'runs-title' : 'ended-title')}>
      <p>{t(inForce ? 'runs-words' : 'ended-words')}</p>
      <Cluster>
        <ButtonLink to={`/assets/${licence.asset.id}#licence`} tone="primary">
          {t('license-now')}
        </ButtonLink>
        {(!inForce || (licence.daysLeft ?? 99) <= 10) && (
          <Form method="post" action={action}>
            <SubmitButton tone="secondary" formAction={action}>
              {t('renew')}
            </SubmitButton>
          </Form>
        )}
      </Cluster>
    </Notice>
  )
}
