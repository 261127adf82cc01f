import type { ActionFunctionArgs } from '@remix-run/node'
import { stopAlert } from '#services/catalog/saved-searches.ts'

/**
 * Where mail programs stop the letters of a kept search with one POST (RFC 8058): no person, no cookie, no page of ours behind it. The key in
 * the address is the whole right, and what it opens is silence. Unknown keys get the same answer: nobody learns which ones there are.
 */
export async function action({ params, context }: ActionFunctionArgs) {
  await stopAlert(context.house.context, params.stopKey ?? '')
  return new Response(null, { status: 200 })
}

export const loader = () => new Response('Method not allowed', { status: 405, headers: { Allow: 'POST' } })
