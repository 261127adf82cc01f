import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Amount } from '#app/components/commerce/amount.tsx'
import { OrderStatus } from '#app/components/commerce/order-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { financeOrders } from '#services/commerce/finance-views.ts'
import type { OrderState } from '#services/commerce/rules/order-states.ts'

const shelves = [
  { show: '', label: 'All', states: undefined },
  { show: 'open', label: 'Waiting for money', states: ['OPEN', 'AWAITING_PAYMENT', 'AWAITING_FUNDS'] },
  { show: 'paid', label: 'Paid', states: ['PAID'] },
  { show: 'refunded', label: 'Refunded', states: ['REFUNDED', 'PARTLY_REFUNDED', 'CONFLICT'] },
  { show: 'cancelled', label: 'Cancelled', states: ['CANCELLED'] },
] as const satisfies { show: string; label: string; states: readonly OrderState[] | undefined }[]

export const meta = () => titled('Orders of the house')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'FINANCE', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const shelf = shelves.find(({ show }) => show === (search.get('show') ?? '')) ?? shelves[0]
  return {
    show: shelf.show,
    ...(await financeOrders(ctx, { ...(shelf.states ? { states: shelf.states } : {}), after: search.get('after') })),
  }
}

export default function FinanceOrders() {
  const { show, items, next } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Finance" title="Orders" actions={<ButtonLink to="/finance/ledger">Ledger</ButtonLink>} />
      <Stack gap="lg">
        <Tabs
          label="Orders"
          tabs={shelves.map((shelf) => ({
            to: shelf.show ? `?show=${shelf.show}` : '?',
            label: shelf.label,
            current: shelf.show === show,
          }))}
        />
        <Table
          caption="Orders"
          hideCaption
          rows={items}
          rowKey={(order) => order.id}
          columns={[
            { label: 'Number', head: true, cell: (order) => <Link to={`/finance/orders/${order.id}`} className="nowrap">{order.number}</Link> },
            { label: 'Buyer', cell: (order) => order.buyer },
            { label: 'For', cell: (order) => (order.lines > 1 ? `${order.firstTitle} and ${order.lines - 1} more` : order.firstTitle) },
            { label: 'Placed', cell: (order) => <When at={order.placedAt} /> },
            { label: 'State', cell: (order) => <OrderStatus state={order.state} /> },
            { label: 'Total', align: 'end', cell: (order) => <Amount of={order.total} /> },
          ]}
          empty={
            <EmptyState icon="receipt" title="No order here">
              Orders appear as soon as somebody goes to the payment page.
            </EmptyState>
          }
        />
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
