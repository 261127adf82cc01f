import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { leftWords, Term } from '#app/components/licensing/term.tsx'
import { WaitingList } from '#app/components/licensing/waiting-list.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { personOf } from '#app/http/context.server.ts'
import { shelfOf, shelfTabs } from '#app/components/licensing/shelves.ts'
import { myLicences } from '#services/licensing/views.ts'
import { summariseScope } from '#services/rights/rules/scope-words.ts'
import { myWaits } from '#services/licensing/waits.ts'

export const meta = () => titled('Licences')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const search = new URL(args.request.url).searchParams
  const shelf = shelfOf(search.get('show'))
  const [licences, waits] = await Promise.all([myLicences(ctx, { shelf, after: search.get('after') }), myWaits(ctx)])
  return { shelf, ...licences, waits: waits.map(({ terms, ...wait }) => ({ ...wait, scope: summariseScope(terms) })) }
}

export default function Licences() {
  const { shelf, items, next, total, waits } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Licences">What your company may use, for what, and until when.</PageHeader>
      <Stack gap="lg">
        {waits.length > 0 && <WaitingList waits={waits} />}
        {total > 0 && <Tabs label="Licences" tabs={shelfTabs(shelf)} />}
        <Table
          caption="Licences"
          hideCaption
          rows={items}
          rowKey={(licence) => licence.id}
          columns={[
            {
              label: 'Picture',
              head: true,
              cell: (licence) => (
                <>
                  <Link to={`/licences/${licence.id}`}>{licence.asset.title}</Link>
                  <br />
                  <span className="muted small numeric">{licence.number}</span>
                </>
              ),
            },
            {
              label: 'Licence',
              cell: (licence) => (
                <>
                  {licence.modelName} {licence.exclusive && <Badge tone="info">Exclusive</Badge>}
                  <br />
                  <span className="muted small">{licence.summary}</span>
                </>
              ),
            },
            {
              label: 'Term',
              cell: (licence) => (
                <>
                  <Term startsAt={licence.startsAt} endsAt={licence.endsAt} zone={licence.zone} />
                  {licence.standing === 'ending' && <span className="small"> {leftWords(licence.daysLeft)}</span>}
                </>
              ),
            },
            { label: 'State', cell: (licence) => <StandingStatus standing={licence.standing} /> },
            {
              label: 'File',
              bare: true,
              align: 'end',
              cell: (licence) =>
                (licence.standing === 'in-force' || licence.standing === 'ending') && (
                  <ButtonAnchor
                    href={`/licences/${licence.id}/download`}
                    size="sm"
                    icon="download"
                    aria-label={`Download ${licence.asset.title}`}
                  >
                    Download
                  </ButtonAnchor>
                ),
            },
          ]}
          empty={
            total > 0 ? (
              <EmptyState icon="shield" title="None here" action={<ButtonLink to="/licences">All licences</ButtonLink>}>
                No licence of your company is in this state.
              </EmptyState>
            ) : (
              <EmptyState icon="shield" title="No licence yet" action={<ButtonLink to="/search">Find a picture</ButtonLink>}>
                What you buy or are granted is kept here, with its files and certificates.
              </EmptyState>
            )
          }
        />
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
