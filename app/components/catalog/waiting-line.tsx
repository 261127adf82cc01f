import { Form, Link, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { InLine } from '#services/licensing/in-line.ts'
import { ButtonLink, SubmitButton } from '../ui/button.tsx'
import { Cluster } from '../ui/layout.tsx'
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
  const { pathname, search } = useLocation()
  const here = back ?? `${pathname}${search}`
  if (line.kind === 'own')
    return (
      <Notice tone="info" title="You are at the till with this" live>
        <p>Your company has it on hold in an order that is not paid yet.</p>
        <Cluster>
          <ButtonLink to={`/orders/${line.orderId}`} tone="primary" size="sm">
            Continue to pay
          </ButtonLink>
          <Form method="post" action={`/orders/${line.orderId}/cancel`}>
            <SubmitButton tone="quiet" size="sm" formAction={`/orders/${line.orderId}/cancel`}>
              Let it go
            </SubmitButton>
          </Form>
        </Cluster>
      </Notice>
    )
  if (!mayWait) return <Notice tone="info" title="Somebody is at the till with these rights" />
  return (
    <Notice tone="info" title={line.waitId ? 'You are in line for this' : 'Somebody is at the till with these rights'} live>
      {line.waitId ? (
        <>
          <p>We write to you when it is free again, or sold. Then it is first come, first served.</p>
          <Form method="post" action={`/waits/${line.waitId}/leave`}>
            <input type="hidden" name="back" value={here} />
            <SubmitButton tone="quiet" size="sm" formAction={`/waits/${line.waitId}/leave`}>
              Leave the line
            </SubmitButton>
          </Form>
        </>
      ) : (
        <>
          <p>They may pay, or leave. We can write to you when it is free again; then it is first come, first served.</p>
          <Form method="post" action="/waits">
            {fields}
            <input type="hidden" name="back" value={here} />
            <SubmitButton size="sm" tone="secondary" formAction="/waits">
              Tell me when it is free
            </SubmitButton>
          </Form>
        </>
      )}
      <p className="small">
        <Link to="/licences">What you wait for</Link> is listed with your licences.
      </p>
    </Notice>
  )
}
