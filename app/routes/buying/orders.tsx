import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Amount } from '#app/components/commerce/amount.tsx'
import { OrderStatus } from '#app/components/commerce/order-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { myOrders } from '#services/commerce/views.ts'

export const meta = () => titled('Orders')

export async function loader(args: LoaderFunctionArgs) {
  return myOrders(await personOf(args), { after: new URL(args.request.url).searchParams.get('after') })
}

export default function Orders() {
  const { items, next } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Orders">What your company has ordered, newest first.</PageHeader>
      <Table
        caption="Orders"
        hideCaption
        rows={items}
        rowKey={(order) => order.id}
        columns={[
          { label: 'Number', head: true, cell: (order) => <Link to={`/orders/${order.id}`}>{order.number}</Link> },
          { label: 'For', cell: (order) => (order.lines > 1 ? `${order.firstTitle} and ${order.lines - 1} more` : order.firstTitle) },
          { label: 'Placed', cell: (order) => <When at={order.placedAt} /> },
          { label: 'State', cell: (order) => <OrderStatus state={order.state} /> },
          { label: 'Total', align: 'end', cell: (order) => <Amount of={order.total} /> },
        ]}
        empty={
          <EmptyState icon="receipt" title="No order yet" action={<ButtonLink to="/search">Find a picture</ButtonLink>}>
            What you buy is kept here, with its invoices.
          </EmptyState>
        }
      />
      <Pager next={next} />
    </Page>
  )
}
