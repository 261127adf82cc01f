import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslations } from 'use-intl'
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
import { languageOf, wordsOf } from '#app/words/words.ts'
import { orderPage, type OrderPage } from '#services/commerce/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'orders')
  return titled(data ? t('one', { number: data.number }) : t('untitled'))
}

export async function loader(args: LoaderFunctionArgs) {
  return orderPage(await personOf(args), args.params.orderId ?? '')
}

export default function Order() {
  const order = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTranslations('orders')
  useRefreshWhile(order.state === 'AWAITING_FUNDS' || order.refunds.some((refund) => refund.state === 'REQUESTED'))
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/orders', label: t('title') }]} />
      <PageHeader eyebrow={<OrderStatus state={order.state} />} title={t('one', { number: order.number })} />
      <Stack gap="lg">
        <Told order={order} justPaid={search.get('just') === 'paid'} />
        <Split>
          <Panel title={t('your-licences', { count: order.lines.length })}>
            <OrderLines lines={order.lines} />
          </Panel>
          <Stack gap="lg">
            <Panel title={t('price')}>
              <OrderSums {...order} />
              {order.invoice && (
                <ButtonAnchor href={`/invoices/${order.invoice.id}`} icon="receipt" wide>
                  {t('invoice', { number: order.invoice.number })}
                </ButtonAnchor>
              )}
            </Panel>
            <Panel title={t('order')}>
              <DescriptionList
                facts={[
                  { term: t('facts.placed'), detail: <When at={order.placedAt} /> },
                  { term: t('facts.paid'), detail: order.paidAt && <When at={order.paidAt} /> },
                  { term: t('facts.client'), detail: order.licenseeName },
                  { term: t('facts.reference'), detail: order.purchaseOrder },
                  { term: t('facts.code'), detail: order.code },
                ]}
              />
            </Panel>
            {order.refunds.length > 0 && (
              <Panel title={t('refunds')}>
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
  const t = useTranslations('orders')
  if (order.state === 'PAID' && justPaid)
    return (
      <Notice tone="success" title={t('thanks-title')} live>
        {t('thanks')}
      </Notice>
    )
  const { payUntil, refunds } = order
  const cameBack = refunds.length > 0 && refunds.every(({ state }) => state === 'FAILED')
  if (order.state === 'AWAITING_PAYMENT' && order.payUrl)
    return (
      <Notice title={t('held-title')}>
        <p>{payUntil && t.rich('open-until', { when: () => <When at={payUntil} /> })}</p>
        <ButtonAnchor href={order.payUrl} tone="primary">
          {t('pay-now')}
        </ButtonAnchor>
        <Form method="post" action={`/orders/${order.id}/cancel`}>
          <SubmitButton tone="quiet">{t('cancel')}</SubmitButton>
        </Form>
      </Notice>
    )
  if (order.state === 'AWAITING_FUNDS') return <Notice title={t('on-its-way-title')}>{t('on-its-way')}</Notice>
  if (order.state === 'CONFLICT')
    return (
      <Notice tone="warning" title={t('gone-title')}>
        {t(cameBack ? 'gone-returned' : 'gone')}
      </Notice>
    )
  if (order.state === 'CANCELLED')
    return (
      <Notice tone="neutral" title={t('cancelled-title')}>
        {t('cancelled')}
      </Notice>
    )
  return null
}
