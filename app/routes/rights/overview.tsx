import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { rightsOverview, type ConflictKind, type EndingKind, type RightsOverview } from '#services/rights/overview-views.ts'

export const meta = () => titled('Rights')

export async function loader(args: LoaderFunctionArgs) {
  return rightsOverview(await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR'))
}

const endings: Record<EndingKind, string> = { contract: 'Contract', release: 'Release', ban: 'Ban', licence: 'Licence' }
const conflictWords: Record<ConflictKind, { label: string; todo: string }> = {
  'outside-contract': { label: 'Outside what is held', todo: 'Renew the contract, or suspend the licence.' },
  'meets-ban': { label: 'Meets a ban', todo: 'Suspend the licence, or lift the ban.' },
  'consent-withdrawn': { label: 'Consent withdrawn', todo: 'Suspend the licence and tell the holder.' },
  'paid-not-granted': { label: 'Paid, not granted', todo: 'The money goes back by itself; see the order.' },
  'nothing-held': { label: 'Offered, not held', todo: 'Record the contract, or take it off sale.' },
}
const assetLink = (assetId: string, title: string) => <Link to={`/rights/assets/${assetId}`}>{title}</Link>

export default function Overview() {
  const { counts, waits, ending, conflicts, zone } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Rights">What waits, what ends soon, what does not fit together.</PageHeader>
      <Stack gap="lg">
        <Stats>
          <Stat label="Requests waiting" value={counts.requests} />
          <Stat label="Licences in force" value={counts.live} note={`${counts.exclusive} exclusive`} />
          <Stat label="Held for buyers" value={counts.holds} />
          <Stat label="Assets with a contract" value={counts.held} />
          <Stat label="Bans" value={counts.bans} />
        </Stats>
        <Conflicts conflicts={conflicts} />
        <Panel
          title="Waiting for you"
          actions={
            <ButtonLink to="/rights/requests" size="sm">
              All requests
            </ButtonLink>
          }
        >
          <Table
            caption="Requests, the oldest first"
            hideCaption
            rows={waits}
            rowKey={({ id }) => id}
            empty={
              <EmptyState icon="inbox" title="Nothing waits">
                Partners’ requests for use appear here.
              </EmptyState>
            }
            columns={[
              { label: 'Asset', head: true, cell: ({ id, title }) => <Link to={`/rights/requests/${id}`}>{title}</Link> },
              { label: 'From', cell: ({ org }) => org },
              { label: 'For', cell: ({ purpose }) => purpose },
              { label: 'Since', cell: ({ askedAt }) => <When at={askedAt} to="day" zone={zone} /> },
            ]}
          />
        </Panel>
        <Panel
          title="Ends within sixty days"
          actions={
            <ButtonLink to="/rights/expiries" size="sm">
              All expiries
            </ButtonLink>
          }
        >
          <Table
            caption="What ends, the first first"
            hideCaption
            rows={ending}
            rowKey={({ id }) => id}
            empty={
              <EmptyState icon="calendar" title="Nothing ends soon">
                Contracts, releases, bans and licences that end within sixty days appear here.
              </EmptyState>
            }
            columns={[
              {
                label: 'What',
                head: true,
                cell: ({ kind, id, name }) => (kind === 'licence' ? <Link to={`/rights/licences/${id}`}>{name}</Link> : name),
              },
              { label: 'Kind', cell: ({ kind }) => <Badge>{endings[kind]}</Badge> },
              { label: 'Asset', cell: ({ assetId, title }) => assetLink(assetId, title) },
              { label: 'Last day', cell: ({ at }) => <When at={at} to="day" zone={zone} endOfSpan /> },
            ]}
          />
        </Panel>
      </Stack>
    </Page>
  )
}

function Conflicts({ conflicts }: { conflicts: RightsOverview['conflicts'] }) {
  return (
    <Panel title="Does not fit together">
      <Table
        caption="Conflicts"
        hideCaption
        rows={conflicts}
        rowKey={({ kind, assetId, name }) => `${kind}-${assetId}-${name}`}
        empty={
          <EmptyState icon="success" title="Everything fits">
            Licences that a changed contract, a ban or a withdrawn consent meets appear here.
          </EmptyState>
        }
        columns={[
          { label: 'Asset', head: true, cell: ({ assetId, title }) => assetLink(assetId, title) },
          { label: 'Conflict', cell: ({ kind }) => <Badge tone="danger">{conflictWords[kind].label}</Badge> },
          { label: 'Licence', cell: ({ licenceId, name }) => (licenceId ? <Link to={`/rights/licences/${licenceId}`}>{name}</Link> : '–') },
          { label: 'What to do', cell: ({ kind }) => conflictWords[kind].todo },
        ]}
      />
    </Panel>
  )
}
