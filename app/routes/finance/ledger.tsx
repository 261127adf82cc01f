import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { accountWords, kindWords } from '#app/components/commerce/ledger-words.ts'
import { Amount } from '#app/components/commerce/amount.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { ledgerPage } from '#services/commerce/finance-views.ts'

export const meta = () => titled('Ledger')

export async function loader(args: LoaderFunctionArgs) {
  return ledgerPage(await staffOf(args, 'FINANCE', 'AUDITOR'), { after: new URL(args.request.url).searchParams.get('after') })
}

export default function Ledger() {
  const { balances, items, next } = useLoaderData<typeof loader>()
  const rows = items.flatMap((transaction) =>
    transaction.entries.map((entry, index) => ({ key: `${transaction.id} ${index}`, transaction, entry, first: index === 0 })),
  )
  return (
    <Page>
      <PageHeader eyebrow="Finance" title="Ledger" actions={<ButtonLink to="/finance/orders">Orders</ButtonLink>}>
        Double entry: each transaction sums to zero, and nothing in it is ever changed.
      </PageHeader>
      <Stack gap="lg">
        <Table
          caption="Balances"
          rows={balances}
          rowKey={({ account, balance }) => `${account} ${balance.currency}`}
          columns={[
            { label: 'Account', head: true, cell: ({ account }) => accountWords(account) },
            { label: 'Debit', align: 'end', cell: ({ balance }) => balance.minor >= 0n && <Amount of={balance} /> },
            {
              label: 'Credit',
              align: 'end',
              cell: ({ balance }) => balance.minor < 0n && <Amount of={{ ...balance, minor: -balance.minor }} />,
            },
          ]}
          empty={
            <EmptyState icon="receipt" title="No money has moved yet">
              The first sale writes the first entries.
            </EmptyState>
          }
        />
        {rows.length > 0 && (
          <Table
            caption="Transactions"
            rows={rows}
            rowKey={({ key }) => key}
            columns={[
              { label: 'When', cell: ({ transaction, first }) => first && <When at={transaction.occurredAt} /> },
              {
                label: 'What',
                head: true,
                cell: ({ transaction, first }) => (first ? `${kindWords(transaction.kind)}: ${transaction.memo}` : ''),
              },
              { label: 'Account', cell: ({ entry }) => accountWords(entry.account) },
              { label: 'Debit', align: 'end', cell: ({ entry }) => entry.amount.minor > 0n && <Amount of={entry.amount} /> },
              {
                label: 'Credit',
                align: 'end',
                cell: ({ entry }) => entry.amount.minor < 0n && <Amount of={{ ...entry.amount, minor: -entry.amount.minor }} />,
              },
            ]}
          />
        )}
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
