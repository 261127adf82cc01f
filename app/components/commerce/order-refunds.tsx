import { Status, type Tone } from '#app/components/ui/badge.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { OrderPage } from '#services/commerce/views.ts'
import { Amount } from './amount.tsx'

const states: Record<string, [Tone, string]> = {
  REQUESTED: ['info', 'Being sent'],
  PENDING: ['info', 'On its way'],
  SUCCEEDED: ['success', 'Refunded'],
  FAILED: ['danger', 'Failed'],
}

/** What went back, why, and whether the licence went with it. */
export function OrderRefunds({ refunds }: Pick<OrderPage, 'refunds'>) {
  return (
    <Timeline
      events={refunds.map((refund) => {
        const [tone, words] = states[refund.state] ?? ['neutral', refund.state]
        return {
          key: refund.id,
          tone,
          title: (
            <>
              <Amount of={refund.amount} /> <Status tone={tone}>{words}</Status>
            </>
          ),
          meta: <When at={refund.createdAt} />,
          body: (
            <p className="small">
              {refund.reason} {refund.revokesLicence && 'The licence ends with it.'}
            </p>
          ),
        }
      })}
    />
  )
}
