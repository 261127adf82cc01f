import type Stripe from 'stripe'
import type { ZodType } from 'zod'
import { invalid, noSuch } from './errors.ts'
import { refund } from './money-back.ts'
import { expireSession, openSession, sessionOf } from './moves.ts'
import { newCustomer } from './objects/payment.ts'
import { listOf } from './objects/session.ts'
import * as requests from './requests.ts'
import type { Session, World } from './world.ts'

export interface Endpoint {
  method: 'GET' | 'POST'
  path: string
  request: ZodType
  run(world: World, parameters: unknown, id: string): object
}

/** Binds the parameters' schema and the work, so that each line below is checked as a pair. */
const on = <T>(
  method: Endpoint['method'],
  path: string,
  request: ZodType<T>,
  run: (world: World, parameters: T, id: string) => object,
): Endpoint => ({
  method,
  path,
  request,
  run: (world, parameters, id) => run(world, parameters as T, id),
})

const found = <T>(rows: Record<string, T>, id: string, what: string): T => {
  const row = rows[id]
  if (!row) throw noSuch(what, id)
  return row
}

/** Newest first, cut and paged by cursor as every list of the API. */
function listed<T extends { id: string; created: number }>(
  path: string,
  rows: T[],
  { limit, starting_after: after, ending_before: before, created }: requests.Paging,
) {
  const inSpan = rows
    .filter(
      (row) =>
        !created ||
        ((created.gt === undefined || row.created > created.gt) &&
          (created.gte === undefined || row.created >= created.gte) &&
          (created.lt === undefined || row.created < created.lt) &&
          (created.lte === undefined || row.created <= created.lte)),
    )
    .reverse()
  const start = after ? inSpan.findIndex((row) => row.id === after) + 1 : 0
  if (after && start === 0) throw invalid(`No such cursor: '${after}'`, { param: 'starting_after' }, 404)
  const end = before ? inSpan.findIndex((row) => row.id === before) : inSpan.length
  const from = before ? Math.max(0, end - limit) : start
  return listOf(path, inSpan.slice(from, Math.min(end, from + limit)), before ? from > 0 : inSpan.length > from + limit)
}

const expanded = (world: World, session: Session, expand: string[] | undefined): object =>
  expand?.includes('line_items')
    ? { ...session, line_items: listOf(`/v1/checkout/sessions/${session.id}/line_items`, world.state.notes[session.id]?.lines ?? []) }
    : session

const undelivered = (world: World, event: Stripe.EventBase): boolean => world.state.deliveries[event.id]?.state !== 'delivered'

/** The whole surface of the sandbox on one page. */
export const endpoints: Endpoint[] = [
  on('POST', '/customers', requests.customerRequest, (world, fields) => {
    const customer = newCustomer(world, fields)
    world.state.customers[customer.id] = customer
    return customer
  }),
  on('GET', '/customers/:id', requests.noParameters, (world, _, id) => found(world.state.customers, id, 'customer')),
  on('GET', '/customers', requests.listRequest, (world, paging) => listed('/v1/customers', Object.values(world.state.customers), paging)),

  on('POST', '/checkout/sessions', requests.sessionRequest, (world, request) =>
    expanded(world, openSession(world, request), request.expand),
  ),
  on('GET', '/checkout/sessions', requests.sessionListRequest, (world, query) =>
    listed(
      '/v1/checkout/sessions',
      Object.values(world.state.sessions).filter(
        (session) =>
          (!query.payment_intent || session.payment_intent === query.payment_intent) &&
          (!query.customer || session.customer === query.customer) &&
          (!query.status || session.status === query.status),
      ),
      query,
    ),
  ),
  on('GET', '/checkout/sessions/:id', requests.retrieveRequest, (world, { expand }, id) => expanded(world, sessionOf(world, id), expand)),
  on('GET', '/checkout/sessions/:id/line_items', requests.listRequest, (world, _, id) => {
    sessionOf(world, id)
    return listOf(`/v1/checkout/sessions/${id}/line_items`, world.state.notes[id]?.lines ?? [])
  }),
  on('POST', '/checkout/sessions/:id/expire', requests.noParameters, (world, _, id) => expireSession(world, id)),

  on('GET', '/payment_intents/:id', requests.noParameters, (world, _, id) => found(world.state.intents, id, 'payment_intent')),
  on('GET', '/payment_intents', requests.listRequest, (world, paging) =>
    listed('/v1/payment_intents', Object.values(world.state.intents), paging),
  ),
  on('GET', '/charges/:id', requests.noParameters, (world, _, id) => found(world.state.charges, id, 'charge')),
  on('GET', '/charges', requests.byPaymentRequest, (world, query) =>
    listed(
      '/v1/charges',
      Object.values(world.state.charges).filter((charge) => !query.payment_intent || charge.payment_intent === query.payment_intent),
      query,
    ),
  ),

  on('POST', '/refunds', requests.refundRequest, (world, request) => refund(world, request)),
  on('GET', '/refunds/:id', requests.noParameters, (world, _, id) => found(world.state.refunds, id, 'refund')),
  on('GET', '/refunds', requests.byPaymentRequest, (world, query) =>
    listed(
      '/v1/refunds',
      Object.values(world.state.refunds).filter(
        (made) =>
          (!query.payment_intent || made.payment_intent === query.payment_intent) && (!query.charge || made.charge === query.charge),
      ),
      query,
    ),
  ),

  on('GET', '/disputes/:id', requests.noParameters, (world, _, id) => found(world.state.disputes, id, 'dispute')),
  on('GET', '/disputes', requests.byPaymentRequest, (world, query) =>
    listed(
      '/v1/disputes',
      Object.values(world.state.disputes).filter((made) => !query.payment_intent || made.payment_intent === query.payment_intent),
      query,
    ),
  ),

  on('GET', '/events/:id', requests.noParameters, (world, _, id) => found(world.state.events, id, 'event')),
  on('GET', '/events', requests.eventListRequest, (world, query) =>
    listed(
      '/v1/events',
      Object.values(world.state.events).filter(
        (event) =>
          (!query.type || event.type === query.type) &&
          (!query.types || query.types.includes(event.type)) &&
          (query.delivery_success === undefined || undelivered(world, event) === (query.delivery_success === 'false')),
      ),
      query,
    ),
  ),

  on('GET', '/balance_transactions/:id', requests.noParameters, (world, _, id) => found(world.state.balance, id, 'balance_transaction')),
  on('GET', '/balance_transactions', requests.balanceListRequest, (world, query) =>
    listed(
      '/v1/balance_transactions',
      Object.values(world.state.balance).filter(
        (entry) => (!query.type || entry.type === query.type) && (!query.source || entry.source === query.source),
      ),
      query,
    ),
  ),
]
