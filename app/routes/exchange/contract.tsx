import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { PaperForm } from '#app/components/exchange/paper-form.tsx'
import { PaperList } from '#app/components/exchange/paper-list.tsx'
import { count, many, paperSaying, upTo } from '#app/components/exchange/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { contractPage } from '#services/exchange/contract-views.ts'

export const meta = () => titled('Contract')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  return contractPage(ctx, args.params.contractId ?? '', new URL(args.request.url).searchParams.get('after'))
}

export default function Contract() {
  const page = useLoaderData<typeof loader>()
  const { contract, zone } = page
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/contracts', label: 'Contracts' }]} />
      <PageHeader eyebrow={`From ${contract.licensor}`} title={contract.reference} actions={<Verbs />}>
        {contract.note}
      </PageHeader>
      <Stack gap="lg">
        <Stats>
          <Stat label="Pictures" value={count(page.pictures)} />
          <Stat label="Ends next" value={page.endsNext ? <When at={page.endsNext} to="day" zone={zone} endOfSpan /> : 'No end'} />
          <Stat label="Live licences" value={upTo(page.licences, page.more)} />
        </Stats>
        <Scopes />
        <Pictures />
        <Resting />
        <Panel title="Papers">
          <Stack>
            <PaperList papers={page.papers} zone={zone} />
            {page.mayRecord && <Papers />}
          </Stack>
        </Panel>
      </Stack>
    </Page>
  )
}

function Verbs() {
  const { contract, mayRecord } = useLoaderData<typeof loader>()
  const reference = encodeURIComponent(contract.reference)
  return (
    <Cluster>
      {mayRecord && (
        <>
          <ButtonLink to={`/rights/contracts/${contract.id}/add`} icon="plus">
            Add pictures
          </ButtonLink>
          <ButtonLink to={`/rights/changes/new?contract=${reference}`} icon="edit">
            Change upstream…
          </ButtonLink>
        </>
      )}
      <ButtonAnchor href={`/rights/exports/file?kind=acquisitions&contract=${reference}`} icon="download" tone="quiet">
        CSV
      </ButtonAnchor>
      <ButtonAnchor href={`/rights/contracts/${contract.id}/odrl`} icon="download" tone="quiet">
        ODRL
      </ButtonAnchor>
    </Cluster>
  )
}

/** What went wrong with the paper before this one; its address says so, since the form posts elsewhere. */
function Papers() {
  const { contract } = useLoaderData<typeof loader>()
  return <PaperForm action={`/rights/contracts/${contract.id}/papers`} error={paperSaying(useSearchParams()[0].get('paper'))} />
}

function Scopes() {
  const { scopes, moreScopes, zone } = useLoaderData<typeof loader>()
  return (
    <Panel title="What it gives">
      <Table
        caption="What it gives"
        hideCaption
        rows={scopes}
        rowKey={(row) => `${row.words} ${row.subLicensable} ${row.exclusive} ${row.pictures}`}
        empty={
          <EmptyState icon="document" title="It gives nothing at present" as="h3">
            What it gave before has ended or was replaced; the audit trail knows it.
          </EmptyState>
        }
        columns={[
          { label: 'Scope', head: true, cell: (row) => row.words },
          {
            label: 'Kind',
            cell: (row) => (
              <Cluster>
                {row.exclusive && <Badge tone="info">Exclusive</Badge>}
                {row.subLicensable ? <Badge>May be licensed on</Badge> : <Badge tone="warning">Own use only</Badge>}
              </Cluster>
            ),
          },
          { label: 'Pictures', align: 'end', cell: (row) => count(row.pictures) },
          { label: 'Last day', cell: (row) => (row.until ? <When at={row.until} to="day" zone={zone} endOfSpan /> : 'No end') },
        ]}
      />
      {moreScopes > 0 && <p className="muted">And {many(moreScopes, 'other scope')}; the CSV has them all.</p>}
    </Panel>
  )
}

function Pictures() {
  const { pictured } = useLoaderData<typeof loader>()
  return (
    <Panel title="Pictures">
      <Table
        caption="Pictures under this contract"
        hideCaption
        rows={pictured.items}
        rowKey={({ no }) => no}
        empty={<p className="muted">No picture rests on it at present.</p>}
        columns={[
          { label: 'Picture', head: true, cell: (row) => <Link to={`/rights/assets/${row.id}`}>{row.title}</Link> },
          { label: 'Rows', align: 'end', cell: (row) => count(row.scopes) },
        ]}
      />
      <Pager next={pictured.next} />
    </Panel>
  )
}

function Resting() {
  const { resting, licences, more, zone } = useLoaderData<typeof loader>()
  return (
    <Panel title="Licences that rest on it">
      <Table
        caption="Licences that rest on this contract"
        hideCaption
        rows={resting}
        rowKey={({ id }) => id}
        empty={<p className="muted">No live licence needs it.</p>}
        columns={[
          { label: 'Licence', head: true, cell: (row) => <Link to={`/rights/licences/${row.id}`} className="nowrap">{row.number}</Link> },
          { label: 'Holder', cell: (row) => row.holder },
          { label: 'Picture', cell: (row) => <Link to={`/rights/assets/${row.asset.id}`}>{row.asset.title}</Link> },
          { label: 'Last day', cell: (row) => (row.endsAt ? <When at={row.endsAt} to="day" zone={zone} endOfSpan /> : 'No end') },
        ]}
      />
      {licences > resting.length && (
        <p className="muted">
          The {count(resting.length)} that end first, of {upTo(licences, more)} licences and other shops’ sales.
        </p>
      )}
    </Panel>
  )
}
