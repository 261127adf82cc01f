import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { Amount } from '#app/components/commerce/amount.tsx'
import { OrderRefunds } from '#app/components/commerce/order-refunds.tsx'
import { OrderLineStatus, OrderStatus } from '#app/components/commerce/order-status.tsx'
import { OrderSums } from '#app/components/commerce/order-sums.tsx'
import { RefundForm } from '#app/components/commerce/refund-form.tsx'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { financeOrderPage } from '#services/commerce/finance-views.ts'
import { maySeeMoney } from '#services/commerce/policy.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Order ${data.number}` : 'Order')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'FINANCE', 'AUDITOR', 'RIGHTS_MANAGER')
  return { ...(await financeOrderPage(ctx, args.params.orderId ?? '')), maySeeAll: maySeeMoney(ctx.actor) }
}

export default function FinanceOrder() {
  const order = useLoaderData<typeof loader>()
  useRefreshWhile(order.refunds.some((refund) => refund.state === 'REQUESTED'))
  return (
    <Page>
      {order.maySeeAll && <Breadcrumbs trail={[{ to: '/finance/orders', label: 'Orders' }]} />}
      <PageHeader eyebrow={<OrderStatus state={order.state} />} title={`Order ${order.number}`}>
        {order.buyer.name}, ordered by {order.buyer.orderedBy}
      </PageHeader>
      <Split>
        <Stack gap="lg">
          <Table
            caption="Lines"
            rows={order.lines}
            rowKey={(line) => line.id}
            columns={[
              { label: 'Picture', head: true, cell: (line) => line.asset.title },
              {
                label: 'Licence',
                cell: (line) => (
                  <>
                    {line.modelName}
                    <br />
                    <span className="muted small">{line.summary}</span>
                  </>
                ),
              },
              {
                label: 'Number',
                cell: (line) =>
                  line.licence && (
                    <Link to={`/rights/licences/${line.licence.id}`} className="nowrap">
                      {line.licence.number}
                    </Link>
                  ),
              },
              {
                label: 'State',
                cell: (line) => (line.licence ? <StandingStatus standing={line.licence.standing} /> : <OrderLineStatus state={line.state} />),
              },
              { label: 'Net', align: 'end', cell: (line) => <Amount of={line.net} /> },
              { label: 'VAT', align: 'end', cell: (line) => <Amount of={line.tax} /> },
            ]}
          />
          {order.refundable && order.mayRefund && (
            <Panel title="Give money back">
              <RefundForm orderId={order.id} refundable={order.refundable} />
            </Panel>
          )}
          {!order.refundable && order.payments.length > 0 && (
            <Notice tone="neutral">All of the money has gone back, or is on its way.</Notice>
          )}
        </Stack>
        <Stack gap="lg">
          <Panel title="Price">
            <OrderSums {...order} />
            {order.invoice && (
              <ButtonAnchor href={`/invoices/${order.invoice.id}`} icon="receipt" wide>
                Invoice {order.invoice.number}
              </ButtonAnchor>
            )}
          </Panel>
          <Panel title="Money">
            <DescriptionList
              facts={[
                { term: 'Placed', detail: <When at={order.placedAt} /> },
                ...order.payments.map((payment) => ({
                  term: 'Received',
                  detail: (
                    <>
                      <Amount of={payment.amount} /> <When at={payment.receivedAt} />
                      <br />
                      <span className="muted small">{payment.paymentIntentId}</span>
                    </>
                  ),
                })),
                { term: 'Country', detail: order.buyer.country },
                { term: 'VAT id', detail: order.buyer.vatId },
                { term: 'Reference', detail: order.purchaseOrder },
                { term: 'Licensed for', detail: order.licenseeName },
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
    </Page>
  )
}
