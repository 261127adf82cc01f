import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Amount } from '#app/components/commerce/amount.tsx'
import { OrderStatus } from '#app/components/commerce/order-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { myOrders } from '#services/commerce/views.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'orders')('title'))

export async function loader(args: LoaderFunctionArgs) {
  return myOrders(await personOf(args), { after: new URL(args.request.url).searchParams.get('after') })
}

export default function Orders() {
  const { items, next } = useLoaderData<typeof loader>()
  const t = useTranslations('orders')
  return (
    <Page>
      <PageHeader title={t('title')}>{t('lede')}</PageHeader>
      <Table
        caption={t('title')}
        hideCaption
        rows={items}
        rowKey={(order) => order.id}
        columns={[
          { label: t('columns.number'), head: true, cell: (order) => <Link to={`/orders/${order.id}`} className="nowrap">{order.number}</Link> },
          {
            label: t('columns.for'),
            cell: (order) => (order.lines > 1 ? t('and-more', { title: order.firstTitle, count: order.lines - 1 }) : order.firstTitle),
          },
          { label: t('columns.placed'), cell: (order) => <When at={order.placedAt} /> },
          { label: t('columns.state'), cell: (order) => <OrderStatus state={order.state} /> },
          { label: t('columns.total'), align: 'end', cell: (order) => <Amount of={order.total} /> },
        ]}
        empty={
          <EmptyState icon="receipt" title={t('none-title')} action={<ButtonLink to="/search">{t('find')}</ButtonLink>}>
            {t('none')}
          </EmptyState>
        }
      />
      <Pager next={next} />
    </Page>
  )
}
