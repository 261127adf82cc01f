import type { ActionFunctionArgs } from '@remix-run/node'
import { receiveEvent } from '#services/commerce/events.ts'

/**
 * The payment provider's doorbell. The raw body first: its signature is over the bytes. Nothing is looked up before it is
 * checked; 200 says "written down", and the work is a job's.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const raw = await request.text()
  const outcome = await receiveEvent(context.house.context, raw, request.headers.get('Stripe-Signature'))
  return outcome.ok ? Response.json({ received: true }) : Response.json({ error: outcome.error }, { status: 400 })
}

export const loader = () => new Response('Method not allowed', { status: 405, headers: { Allow: 'POST' } })
