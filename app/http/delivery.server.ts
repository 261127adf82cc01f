import { redirect } from '@remix-run/node'
import type { OpenFile } from '#services/delivery/files.ts'
import { licensedRenditions, type DeliveryRefusal } from '#services/delivery/rules/entitlement.ts'
import type { Caller } from '#services/delivery/files.ts'
import type { RefusedDelivery } from '#services/delivery/downloads.ts'
import type { Result } from '#services/kernel/result.ts'
import { fileResponse } from './file-response.server.ts'
import type { Asked } from './load-context.server.ts'

/** The network's side of a request, for the register of deliveries. */
export const callerOf = ({ request, context }: Asked): Caller => ({ ip: context.ip, userAgent: request.headers.get('User-Agent') })

/** The rendition that an address asks for; undefined leaves it to the licence. */
export const licensedRenditionOf = (text: string | null) => licensedRenditions.find((each) => each === text)

/** `original` unless the smaller one was asked for. */
export const renditionOf = (text: string | null | undefined) => (text === 'web' ? 'web' : 'original')

/**
 * The file, or the refusal: a page of its own for people, which says why and what to do, and 403 with the reason for
 * programs. Both name the row of the register.
 */
export async function answerDelivery({ request }: Asked, outcome: Result<OpenFile, DeliveryRefusal>): Promise<Response> {
  if (outcome.ok) return fileResponse(request, outcome.value)
  const { deliveryId } = outcome.detail as RefusedDelivery
  const forPeople = request.headers.get('Accept')?.includes('text/html')
  if (forPeople) return redirect(`/refusals/${deliveryId}`, { status: 303, headers: { 'Cache-Control': 'no-store' } })
  return Response.json({ error: outcome.error, delivery: deliveryId }, { status: 403, headers: { 'Cache-Control': 'no-store' } })
}
