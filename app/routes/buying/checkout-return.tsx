import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonAnchor, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { personOf } from '#app/http/context.server.ts'
import { returnFromCheckout } from '#services/commerce/returns.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'orders')('return.title'))

/** Where the buyer lands after the payment page. The provider is asked where the order stands; the address is not believed. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const order = await returnFromCheckout(ctx, new URL(args.request.url).searchParams.get('order') ?? '')
  if (order.state === 'PAID') throw redirect(`/orders/${order.orderId}?just=paid`)
  return order
}

export default function CheckoutReturn() {
  const order = useLoaderData<typeof loader>()
  const t = useTranslations('orders')
  const confirming = order.state === 'AWAITING_FUNDS' || order.state === 'OPEN'
  useRefreshWhile(confirming || order.state === 'AWAITING_PAYMENT')
  const title = order.state === 'PAID' || order.state === 'PARTLY_REFUNDED' ? 'other' : order.state
  return (
    <Page width="narrow">
      <PageHeader eyebrow={t('one', { number: order.number })} title={t(`return.titles.${title}`)} />
      <Stack gap="lg">
        <Told order={order} />
        <Cluster>
          {order.payUrl && (
            <ButtonAnchor href={order.payUrl} tone="primary">
              {t('return.back-to-pay')}
            </ButtonAnchor>
          )}
          {order.state === 'AWAITING_PAYMENT' && (
            <Form method="post" action={`/orders/${order.orderId}/cancel`}>
              <SubmitButton tone="secondary">{t('cancel')}</SubmitButton>
            </Form>
          )}
          <ButtonLink to={`/orders/${order.orderId}`}>{t('return.the-order')}</ButtonLink>
          <ButtonLink to="/cart">{t('return.your-cart')}</ButtonLink>
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

function Told({ order }: { order: { state: string } }) {
  const t = useTranslations('orders.return')
  switch (order.state) {
    case 'AWAITING_PAYMENT':
      return (
        <Notice title={t('held-title')} live>
          {t('held')}
        </Notice>
      )
    case 'AWAITING_FUNDS':
    case 'OPEN':
      return (
        <Notice title={t('bank-title')} live>
          {t('bank')}
        </Notice>
      )
    case 'CANCELLED':
      return <Notice tone="neutral">{t('cancelled')}</Notice>
    default:
      return (
        <Notice tone="warning" title={t('gone-title')}>
          {t('gone')}
        </Notice>
      )
  }
}
