import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { priceBookPage, type PriceBookPage, type PriceTable } from '#services/licensing/price-book-views.ts'

export const meta = () => titled('Prices')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const version = Number(new URL(args.request.url).searchParams.get('version'))
  return { page: await priceBookPage(ctx, Number.isInteger(version) && version > 0 ? version : undefined) }
}

const states = {
  current: { label: 'In effect', tone: 'success' },
  coming: { label: 'To come', tone: 'info' },
  replaced: { label: 'Overtaken', tone: 'neutral' },
  past: { label: 'Past', tone: 'neutral' },
} as const

export default function Prices() {
  const { page } = useLoaderData<typeof loader>()
  if (!page)
    return (
      <Page>
        <PageHeader title="Prices" />
        <EmptyState icon="tag" title="No prices yet">
          Without a price book nothing can be sold. Ask whoever runs the installation to install the defaults.
        </EmptyState>
      </Page>
    )
  return (
    <Page>
      <PageHeader
        eyebrow={page.current ? <Status tone="success">In effect</Status> : <Status>Not in effect</Status>}
        title={`Price book, version ${page.version}`}
        actions={
          <>
            <ButtonLink to="/rights/prices/simulate">Try a price</ButtonLink>
            {page.mayEdit && <ButtonLink to="/rights/discounts">Discounts by hand</ButtonLink>}
            {page.versions.length > 1 && <ButtonLink to={`/rights/prices/compare?to=${page.version}`}>Compare</ButtonLink>}
            {page.mayEdit && (
              <Form method="post" action="/rights/prices/drafts">
                <input type="hidden" name="fromVersion" value={page.versions[0]?.version ?? page.version} />
                <SubmitButton icon="edit">Draft a new version</SubmitButton>
              </Form>
            )}
          </>
        }
      >
        {page.note && `${page.note}. `}Since <When at={page.effectiveFrom} to="day" />. Orders name the version that they were priced by,
        and any past price can be computed again from it.
      </PageHeader>
      <Stack gap="lg">
        {page.drafts.length > 0 && <Drafts drafts={page.drafts} />}
        <Base page={page} />
        <Columns least="20rem" gap="lg">
          {page.tables.map((table) => (
            <Factors key={table.title} table={table} />
          ))}
        </Columns>
        <Versions page={page} />
      </Stack>
    </Page>
  )
}

function Drafts({ drafts }: { drafts: PriceBookPage['drafts'] }) {
  return (
    <Panel title="In the making">
      <Table
        caption="Drafts"
        hideCaption
        rows={drafts}
        rowKey={({ id }) => id}
        columns={[
          { label: 'Draft', head: true, cell: ({ id, note }) => <Link to={`drafts/${id}`}>{note || 'Without a note yet'}</Link> },
          { label: 'After', cell: ({ baseVersion }) => `version ${baseVersion}` },
          { label: 'Saved', cell: ({ changedAt }) => <When at={changedAt} to="minute" /> },
        ]}
      />
    </Panel>
  )
}

function Base({ page }: { page: PriceBookPage }) {
  return (
    <Panel title="Where prices start">
      <Table
        caption="Base prices"
        hideCaption
        rows={page.base}
        rowKey={({ name }) => name}
        columns={[
          { label: 'Licence', head: true, cell: ({ name }) => name },
          { label: 'Covers', cell: ({ scope }) => <span className="small">{scope}</span> },
          { label: 'Price', align: 'end', cell: ({ price }) => <span className="numeric nowrap">{price}</span> },
        ]}
      />
      <DescriptionList facts={page.facts} />
      <Table
        caption="What it comes to"
        rows={page.examples}
        rowKey={({ scope }) => scope}
        columns={[
          { label: 'Use', head: true, cell: ({ scope }) => scope },
          { label: 'Price', align: 'end', cell: ({ price }) => <span className="numeric nowrap">{price}</span> },
        ]}
      />
    </Panel>
  )
}

function Factors({ table }: { table: PriceTable }) {
  return (
    <Panel title={table.title}>
      <p className="small muted">{table.note}</p>
      <FactorTable caption={`Factors: ${table.title}`} factors={table.factors} />
      {table.single.length > 0 && (
        <details className="scope-more">
          <summary>Single ones ({table.single.length})</summary>
          <FactorTable caption={`Single factors: ${table.title}`} factors={table.single} />
        </details>
      )}
    </Panel>
  )
}

function FactorTable({ caption, factors }: { caption: string; factors: PriceTable['factors'] }) {
  return (
    <Table
      caption={caption}
      hideCaption
      rows={factors}
      rowKey={({ code }) => code}
      columns={[
        { label: 'For', head: true, cell: ({ name }) => name },
        { label: 'Factor', align: 'end', cell: ({ factor }) => <span className="numeric nowrap">{factor}</span> },
      ]}
    />
  )
}

function Versions({ page }: { page: PriceBookPage }) {
  return (
    <Panel title="Versions">
      <Table
        caption="All versions, the newest first"
        hideCaption
        rows={page.versions}
        rowKey={({ version }) => String(version)}
        columns={[
          {
            label: 'Version',
            head: true,
            cell: ({ version }) =>
              version === page.version ? <strong>Version {version}</strong> : <Link to={`?version=${version}`}>Version {version}</Link>,
          },
          { label: 'State', cell: ({ state }) => <Badge tone={states[state].tone}>{states[state].label}</Badge> },
          { label: 'From', cell: ({ effectiveFrom }) => <When at={effectiveFrom} to="day" /> },
          { label: 'Note', cell: ({ note }) => note },
        ]}
      />
    </Panel>
  )
}
