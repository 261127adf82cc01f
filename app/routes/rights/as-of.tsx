import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { BothAnswers, ChangedCells, ChangedRows } from '#app/components/rights/as-of-difference.tsx'
import { AsOfForm } from '#app/components/rights/as-of-form.tsx'
import { dayWords } from '#app/components/rights/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { useSeesDesk } from '#app/components/rights/sees-desk.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { asOfPage } from '#services/rights/as-of-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `As known then: ${data.asset.title}` : 'As known then')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const search = new URL(args.request.url).searchParams
  return asOfPage(ctx, args.params.assetId ?? '', {
    known: search.get('known'),
    than: search.get('than'),
    at: search.get('at'),
    media: search.getAll('media'),
    territory: search.getAll('territory'),
  })
}

export default function AsOf() {
  const page = useLoaderData<typeof loader>()
  const { asset, than, known, at, days, zone, unknownThen } = page
  const seesDesk = useSeesDesk()
  return (
    <Page>
      <Breadcrumbs
        trail={[...(seesDesk ? [{ to: '/rights', label: 'Rights' }] : []), { to: `/rights/assets/${asset.id}`, label: asset.title }]}
      />
      <PageHeader eyebrow={asset.title} title="As known then">
        Nothing about rights is ever overwritten: what was known on any day can be asked, and compared. Days end at midnight in {zone}.
      </PageHeader>
      <Stack gap="lg">
        <Panel>
          <AsOfForm page={page} />
        </Panel>
        {unknownThen && (
          <Notice tone="info" title={`On ${dayWords(than)} nothing was known of this picture`}>
            It was not in the library yet: everything below came later.
          </Notice>
        )}
        <BothAnswers page={page} />
        <Panel title={`Written down between ${dayWords(than)} and ${dayWords(known)}`}>
          <ChangedRows page={page} />
        </Panel>
        <Panel title={`What could be had on ${dayWords(at)}: before and after`}>
          <ChangedCells page={page} />
        </Panel>
        {days.length > 0 && (
          <Panel title="Days on which something was written down">
            <ul className="cluster plain-list">
              {days.map((day) => (
                <li key={day}>
                  <Link to={`?${new URLSearchParams({ than: dayBefore(day), known: day, at: day })}`}>{dayWords(day)}</Link>
                </li>
              ))}
            </ul>
            <p className="muted small">Each compares the day with the one before it.</p>
          </Panel>
        )}
      </Stack>
    </Page>
  )
}

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
