import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ExpirySheet } from '#app/components/notifications/expiry-sheet.tsx'
import { ExpiryTable } from '#app/components/notifications/expiry-table.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { expiriesPage, expiryMonth, spans } from '#services/notifications/views.ts'

export const meta = () => titled('Expiries')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  const within = spans.find((span) => String(span) === searchParams.get('within')) ?? 30
  const sheet = searchParams.get('view') === 'month' ? await expiryMonth(ctx, searchParams.get('month')) : null
  return { ...(await expiriesPage(ctx, { within, after: searchParams.get('after') })), within, sheet, spans: [...spans] }
}

export default function Expiries() {
  const { page, counts, zone, within, sheet, spans } = useLoaderData<typeof loader>()
  const tabs = [
    ...spans.map((span) => ({
      to: `?within=${span}`,
      label: `Next ${span} days`,
      count: counts[span],
      current: !sheet && span === within,
    })),
    { to: '?view=month', label: 'By month', current: sheet !== null },
  ]
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Expiries">
        What ends when. Holders are reminded 30, 7 and 1 days before the last day and on it; after it, no byte leaves.
      </PageHeader>
      <Stack>
        <Tabs label="Span" tabs={tabs} />
        {sheet ? (
          <ExpirySheet {...sheet} />
        ) : (
          <>
            <ExpiryTable items={page.items} zone={zone} within={within} />
            <Pager next={page.next} />
          </>
        )}
      </Stack>
    </Page>
  )
}
