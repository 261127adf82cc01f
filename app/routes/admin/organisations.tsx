import { Form, Link, useLoaderData } from '@remix-run/react'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { kindWords } from '#app/components/accounts/organisation-facts.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { countryName } from '#services/accounts/rules/countries.ts'
import { organisationsList } from '#services/accounts/views.ts'

export const meta = () => titled('Organisations')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const { searchParams } = new URL(args.request.url)
  const asked = searchParams.get('kind')
  const kind = asked === 'PARTNER' || asked === 'CUSTOMER' ? asked : undefined
  const q = searchParams.get('q')?.trim().slice(0, 100) ?? ''
  return { kind, q, page: await organisationsList(ctx, { kind, q, cursor: searchParams.get('after') }) }
}

const tabs = [
  { kind: undefined, label: 'All' },
  { kind: 'PARTNER', label: 'Partners' },
  { kind: 'CUSTOMER', label: 'Customers' },
] as const

export default function Organisations() {
  const { kind, q, page } = useLoaderData<typeof loader>()
  const search = (wanted: string | undefined) => `?${new URLSearchParams({ ...(wanted && { kind: wanted }), ...(q && { q }) })}`
  return (
    <Page>
      <PageHeader
        eyebrow="Admin"
        title="Organisations"
        actions={
          <ButtonLink to="/admin/organisations/new" icon="plus" tone="primary">
            Add an organisation
          </ButtonLink>
        }
      >
        The partners who get brand kits and the customers who buy.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Kinds of organisation"
          tabs={tabs.map((tab) => ({ to: search(tab.kind), label: tab.label, current: tab.kind === kind }))}
        />
        <Form method="get">
          <Cluster gap="sm">
            {kind && <input type="hidden" name="kind" value={kind} />}
            <TextField name="q" label="Find by name" hideLabel type="search" placeholder="Find by name" defaultValue={q} maxLength={100} />
            <Button type="submit" icon="search">
              Find
            </Button>
          </Cluster>
        </Form>
        <Table
          caption="Organisations, newest first"
          hideCaption
          rows={page.items}
          rowKey={(org) => org.id}
          empty={
            <EmptyState
              icon="people"
              title={q ? 'No organisation of that name' : 'None yet'}
              action={q ? <ButtonLink to={search(kind).replace(/&?q=[^&]*/, '')}>Show all</ButtonLink> : undefined}
            >
              {q
                ? 'Try a shorter part of the name.'
                : 'Customers appear when they register. Add partners yourself and invite their people.'}
            </EmptyState>
          }
          columns={[
            { label: 'Name', head: true, cell: (org) => <Link to={`/admin/organisations/${org.id}`}>{org.name}</Link> },
            { label: 'Kind', cell: (org) => <Badge tone={org.kind === 'PARTNER' ? 'info' : 'neutral'}>{kindWords[org.kind]}</Badge> },
            { label: 'Country', cell: (org) => (org.country ? countryName(org.country) : '') },
            { label: 'Members', align: 'end', cell: (org) => <span className="numeric">{org.members}</span> },
            { label: 'Since', cell: (org) => <When at={org.createdAt} to="day" /> },
            {
              label: 'State',
              cell: (org) => (org.closedAt ? <Status tone="warning">Closed</Status> : <Status tone="success">Open</Status>),
            },
          ]}
        />
        <Pager next={page.next} />
      </Stack>
    </Page>
  )
}
