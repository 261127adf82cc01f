import { useTranslations } from 'use-intl'
import { Status, type Tone } from '#app/components/ui/badge.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { RefundState } from '#services/commerce/rules/order-states.ts'
import type { OrderPage } from '#services/commerce/views.ts'
import { Amount } from './amount.tsx'

const tones: Record<RefundState, Tone> = { REQUESTED: 'info', PENDING: 'info', SUCCEEDED: 'success', FAILED: 'danger' }

/** What went back, why, and whether the licence went with it. */
export function OrderRefunds({ refunds }: Pick<OrderPage, 'refunds'>) {
  const t = useTranslations('orders')
  return (
    <Timeline
      events={refunds.map((refund) => ({
        key: refund.id,
        tone: tones[refund.state],
        title: (
          <>
            <Amount of={refund.amount} /> <Status tone={tones[refund.state]}>{t(`refund-states.${refund.state}`)}</Status>
          </>
        ),
        meta: <When at={refund.createdAt} />,
        body: (
          <p className="small">
            {refund.reason} {refund.revokesLicence && refund.state !== 'FAILED' && t('ends-with-it')}
          </p>
        ),
      }))}
    />
  )
}
