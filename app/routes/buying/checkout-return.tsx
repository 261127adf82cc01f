import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonAnchor, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { personOf } from '#app/http/context.server.ts'
import { returnFromCheckout } from '#services/commerce/returns.ts'

export const meta = () => titled('Your payment')

/** Where the buyer lands after the payment page. The provider is asked where the order stands; the address is not believed. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const order = await returnFromCheckout(ctx, new URL(args.request.url).searchParams.get('order') ?? '')
  if (order.state === 'PAID') throw redirect(`/orders/${order.orderId}?just=paid`)
  return order
}

export default function CheckoutReturn() {
  const order = useLoaderData<typeof loader>()
  const confirming = order.state === 'AWAITING_FUNDS' || order.state === 'OPEN'
  useRefreshWhile(confirming || order.state === 'AWAITING_PAYMENT')
  return (
    <Page width="narrow">
      <PageHeader eyebrow={`Order ${order.number}`} title={titles[order.state] ?? 'Your order'} />
      <Stack gap="lg">
        <Told order={order} />
        <Cluster>
          {order.payUrl && (
            <ButtonAnchor href={order.payUrl} tone="primary">
              Back to the payment page
            </ButtonAnchor>
          )}
          {order.state === 'AWAITING_PAYMENT' && (
            <Form method="post" action={`/orders/${order.orderId}/cancel`}>
              <SubmitButton tone="secondary">Cancel the order</SubmitButton>
            </Form>
          )}
          <ButtonLink to={`/orders/${order.orderId}`}>The order</ButtonLink>
          <ButtonLink to="/cart">Your cart</ButtonLink>
        </Cluster>
      </Stack>
      {confirming && (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      )}
    </Page>
  )
}

const titles: Partial<Record<string, string>> = {
  OPEN: 'Still confirming',
  AWAITING_FUNDS: 'Your payment is on its way',
  AWAITING_PAYMENT: 'Not paid yet',
  CANCELLED: 'Cancelled, nothing was charged',
  CONFLICT: 'The rights were gone',
  REFUNDED: 'Refunded',
}

function Told({ order }: { order: { state: string } }) {
  switch (order.state) {
    case 'AWAITING_PAYMENT':
      return (
        <Notice title="The rights are held for you" live>
          You left the payment page without paying, or it has not told us yet. Nothing was charged so far; this page looks again by itself.
        </Notice>
      )
    case 'AWAITING_FUNDS':
    case 'OPEN':
      return (
        <Notice title="We wait for your bank" live>
          Your rights are held meanwhile. The files open by themselves as soon as the payment is confirmed; you may close this page, we
          write to you.
        </Notice>
      )
    case 'CANCELLED':
      return <Notice tone="neutral">Your cart still has everything in it, so that you can try again.</Notice>
    default:
      return (
        <Notice tone="warning" title="All of your money goes back by itself">
          Somebody else had taken the rights before your payment arrived. There is nothing you need to do.
        </Notice>
      )
  }
}
