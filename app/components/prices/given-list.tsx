import { Form, Link } from '@remix-run/react'
import type { GivenItem } from '#services/licensing/given-discount-views.ts'
import { Amount } from '../commerce/amount.tsx'
import { Status, type Tone } from '../ui/badge.tsx'
import { SubmitButton } from '../ui/button.tsx'
import { Cluster, Stack } from '../ui/layout.tsx'
import { TextField } from '../ui/text-field.tsx'
import { When } from '../ui/when.tsx'

const stateOf = ({ state, used, over }: GivenItem): [Tone, string] => {
  if (state === 'REFUSED') return ['danger', 'Refused']
  if (state === 'WITHDRAWN') return ['neutral', 'Taken back']
  if (used) return ['neutral', 'Used']
  if (over) return ['neutral', 'Over']
  return state === 'WAITING' ? ['warning', 'Waits'] : ['success', 'Given']
}

function Decide({ item }: { item: GivenItem }) {
  const action = `/rights/discounts/${item.id}`
  if (!item.mayDecide && !item.mayWithdraw) return <p className="muted small">Beyond your limit: somebody else decides.</p>
  return (
    <Form method="post" action={action}>
      <Stack gap="sm">
        {item.mayDecide && <TextField name="reason" label={`Why, for ${item.customer}`} maxLength={500} optional />}
        <Cluster gap="sm">
          {item.mayDecide && (
            <>
              <SubmitButton size="sm" name="verdict" value="approve" formAction={action}>
                Approve
              </SubmitButton>
              <SubmitButton size="sm" tone="secondary" name="verdict" value="refuse" formAction={action}>
                Refuse
              </SubmitButton>
            </>
          )}
          {item.mayWithdraw && (
            <SubmitButton size="sm" tone="quiet" name="verdict" value="withdraw" formAction={action}>
              Take it back
            </SubmitButton>
          )}
        </Cluster>
      </Stack>
    </Form>
  )
}

/** What stands and is not used yet can be taken back; folded away, since it is seldom. */
function TakeBack({ item }: { item: GivenItem }) {
  const action = `/rights/discounts/${item.id}`
  return (
    <details>
      <summary>Take it back</summary>
      <Form method="post" action={action}>
        <Stack gap="sm">
          <p className="small">No order has it yet. Taken back, it lowers no price any more, also in a cart in which it is shown.</p>
          <TextField name="reason" label="Why you take it back" minLength={3} maxLength={500} required />
          <Cluster gap="sm">
            <SubmitButton size="sm" tone="secondary" name="verdict" value="withdraw" formAction={action}>
              Take back the discount
            </SubmitButton>
          </Cluster>
        </Stack>
      </Form>
    </details>
  )
}

/** Discounts by hand: for whom, on what, how much, and who decides. */
export function GivenList({ items, zone, empty }: { items: readonly GivenItem[]; zone: string; empty: string }) {
  if (items.length === 0) return <p className="muted">{empty}</p>
  return (
    <ul className="cart-lines">
      {items.map((item) => {
        const [tone, words] = stateOf(item)
        return (
          <li key={item.id} className="given-line">
            <Cluster gap="sm">
              <strong>{item.customer}</strong>
              <Status tone={tone}>{words}</Status>
            </Cluster>
            <p>
              <Link to={`/assets/${item.asset.id}`}>{item.asset.title}</Link>, {item.licence}
            </p>
            <p className="muted small">{item.scope}</p>
            <p>
              {item.bp / 100} % off: <Amount of={item.net} /> instead of <Amount of={item.list} />
              {item.belowMinimum && <strong> (below the least price)</strong>}
            </p>
            <p className="small">
              “{item.reason}” {item.askedBy}, <When at={item.askedAt} zone={zone} />; until{' '}
              <When at={item.validUntil} zone={zone} to="day" endOfSpan />
            </p>
            {item.decidedBy && item.decision && (
              <p className="small">
                {item.decidedBy}: “{item.decision}”
              </p>
            )}
            {item.withdrawnBy && item.withdrawal && (
              <p className="small">
                Taken back by {item.withdrawnBy}: “{item.withdrawal}”
              </p>
            )}
            {item.state === 'APPROVED' && item.mayWithdraw && <TakeBack item={item} />}
            {item.state === 'WAITING' && <Decide item={item} />}
          </li>
        )
      })}
    </ul>
  )
}
