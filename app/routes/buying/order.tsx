import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useSearchParams } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { OrderLines } from '#app/components/commerce/order-lines.tsx'
import { OrderRefunds } from '#app/components/commerce/order-refunds.tsx'
import { OrderStatus } from '#app/components/commerce/order-status.tsx'
import { OrderSums } from '#app/components/commerce/order-sums.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { orderPage, type OrderPage } from '#services/commerce/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Order ${data.number}` : 'Order')

export async function loader(args: LoaderFunctionArgs) {
  return orderPage(await personOf(args), args.params.orderId ?? '')
}

export default function Order() {
  const order = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  useRefreshWhile(order.state === 'AWAITING_FUNDS' || order.refunds.some((refund) => refund.state === 'REQUESTED'))
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/orders', label: 'Orders' }]} />
      <PageHeader eyebrow={<OrderStatus state={order.state} />} title={`Order ${order.number}`} />
      <Stack gap="lg">
        <Told order={order} justPaid={search.get('just') === 'paid'} />
        <Split>
          <Panel title={order.lines.length === 1 ? 'Your licence' : `Your ${order.lines.length} licences`}>
            <OrderLines lines={order.lines} />
          </Panel>
          <Stack gap="lg">
            <Panel title="Price">
              <OrderSums {...order} />
              {order.invoice && (
                <ButtonAnchor href={`/invoices/${order.invoice.id}`} icon="receipt" wide>
                  Invoice {order.invoice.number}
                </ButtonAnchor>
              )}
            </Panel>
            <Panel title="Order">
              <DescriptionList
                facts={[
                  { term: 'Placed', detail: <When at={order.placedAt} /> },
                  { term: 'Paid', detail: order.paidAt && <When at={order.paidAt} /> },
                  { term: 'Licensed for', detail: order.licenseeName },
                  { term: 'Your reference', detail: order.purchaseOrder },
                ]}
              />
            </Panel>
            {order.refunds.length > 0 && (
              <Panel title="Refunds">
                <OrderRefunds refunds={order.refunds} />
              </Panel>
            )}
          </Stack>
        </Split>
      </Stack>
    </Page>
  )
}

function Told({ order, justPaid }: { order: OrderPage; justPaid: boolean }) {
  if (order.state === 'PAID' && justPaid)
    return (
      <Notice tone="success" title="Thank you: your licences are in force" live>
        Download the clean files here, now or later. The certificates prove what you may do, and to whom you may show it.
      </Notice>
    )
  if (order.state === 'AWAITING_PAYMENT' && order.payUrl)
    return (
      <Notice title="Held for you until it is paid">
        <p>
          {order.payUntil && (
            <>
              The payment page is open until <When at={order.payUntil} />.
            </>
          )}
        </p>
        <ButtonAnchor href={order.payUrl} tone="primary">
          Pay now
        </ButtonAnchor>
        <Form method="post" action={`/orders/${order.id}/cancel`}>
          <SubmitButton tone="quiet">Cancel the order</SubmitButton>
        </Form>
      </Notice>
    )
  if (order.state === 'AWAITING_FUNDS')
    return <Notice title="Your payment is on its way">The files open by themselves when your bank confirms it.</Notice>
  if (order.state === 'CONFLICT')
    return (
      <Notice tone="warning" title="The rights were gone when your payment came">
        All of your money goes back by itself. No licence was issued.
      </Notice>
    )
  if (order.state === 'CANCELLED')
    return (
      <Notice tone="neutral" title="Cancelled">
        Nothing was charged, and the rights are free again.
      </Notice>
    )
  return null
}
