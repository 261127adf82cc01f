import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { shelfOf, shelfTabs } from '#app/components/licensing/shelves.ts'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { Term } from '#app/components/licensing/term.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { rightsLicences } from '#services/licensing/desk-views.ts'

export const meta = () => titled('Licences of the house')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'FINANCE', 'LIBRARIAN', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const shelf = shelfOf(search.get('show'))
  const q = (search.get('q') ?? '').slice(0, 100)
  return { shelf, q, ...(await rightsLicences(ctx, { shelf, q, after: search.get('after') })) }
}

export default function RightsLicences() {
  const { shelf, q, items, next } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Licences">
        Rights out: who may use what, until when.
      </PageHeader>
      <Stack gap="lg">
        <Form method="get" role="search">
          <Cluster gap="sm">
            <TextField
              name="q"
              label="Number, holder or picture"
              hideLabel
              placeholder="Number, holder or picture"
              type="search"
              defaultValue={q}
            />
            {shelf !== 'all' && <input type="hidden" name="show" value={shelf} />}
            <Button type="submit" icon="search">
              Find
            </Button>
          </Cluster>
        </Form>
        <Tabs label="Licences" tabs={shelfTabs(shelf, q)} />
        <Table
          caption="Licences"
          hideCaption
          rows={items}
          rowKey={(licence) => licence.id}
          columns={[
            { label: 'Number', head: true, cell: (licence) => <Link to={`/rights/licences/${licence.id}`} className="nowrap">{licence.number}</Link> },
            { label: 'Holder', cell: (licence) => licence.holder },
            { label: 'Picture', cell: (licence) => licence.asset.title },
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
            { label: 'Term', cell: (licence) => <Term startsAt={licence.startsAt} endsAt={licence.endsAt} zone={licence.zone} /> },
            { label: 'State', cell: (licence) => <StandingStatus standing={licence.standing} /> },
          ]}
          empty={
            <EmptyState icon="shield" title="No licence here" action={<ButtonLink to="/rights/licences">All licences</ButtonLink>}>
              {q
                ? `Nothing is called “${q}”. Try a part of the number, the holder’s name or the picture’s title.`
                : 'Sales and grants appear here.'}
            </EmptyState>
          }
        />
        <Pager next={next} />
      </Stack>
    </Page>
  )
}
