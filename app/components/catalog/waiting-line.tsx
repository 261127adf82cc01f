import { Form, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { InLine } from '#services/licensing/in-line.ts'
import { ButtonLink, SubmitButton } from '../ui/button.tsx'
import { Cluster } from '../ui/layout.tsx'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'

interface WaitingLineProps {
  line: InLine
  mayWait: boolean
  /** The wish, as hidden fields. */
  fields: ReactNode
  /** Where to be afterwards; the page itself unless told. */
  back?: string
}

/** Only somebody at the till is in the way: the asker's own company, or others, whose end one may wait for. */
export function WaitingLine({ line, mayWait, fields, back }: WaitingLineProps) {
  const t = useTranslations('cart.waiting')
  const { pathname, search } = useLocation()
  const here = back ?? `${pathname}${search}`
  if (line.kind === 'own')
    return (
      <Notice tone="info" title={t('own-title')} live>
        <p>{t('own')}</p>
        <Cluster>
          <ButtonLink to={`/orders/${line.orderId}`} tone="primary" size="sm">
            {t('pay')}
          </ButtonLink>
          <Form method="post" action={`/orders/${line.orderId}/cancel`}>
            <SubmitButton tone="quiet" size="sm" formAction={`/orders/${line.orderId}/cancel`}>
              {t('let-go')}
            </SubmitButton>
          </Form>
        </Cluster>
      </Notice>
    )
  if (!mayWait) return <Notice tone="info" title={t('somebody')} />
  return (
    <Notice tone="info" title={t(line.waitId ? 'in-line' : 'somebody')} live>
      {line.waitId ? (
        <>
          <p>{t('in-line-why')}</p>
          <Form method="post" action={`/waits/${line.waitId}/leave`}>
            <input type="hidden" name="back" value={here} />
            <SubmitButton tone="quiet" size="sm" formAction={`/waits/${line.waitId}/leave`}>
              {t('leave')}
            </SubmitButton>
          </Form>
        </>
      ) : (
        <>
          <p>{t('may-leave')}</p>
          <Form method="post" action="/waits">
            {fields}
            <input type="hidden" name="back" value={here} />
            <SubmitButton size="sm" tone="secondary" formAction="/waits">
              {t('tell-me')}
            </SubmitButton>
          </Form>
        </>
      )}
      <p className="small">{t.rich('listed', { list: (words) => <Link to="/licences">{words}</Link> })}</p>
    </Notice>
  )
}
