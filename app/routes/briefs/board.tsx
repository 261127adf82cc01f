import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DeskBriefStatus } from '#app/components/briefs/brief-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { boardColumns, briefBoard, briefDeskList, type BriefLine } from '#services/briefs/views.ts'
import { isEnded, briefStateNames } from '#services/briefs/rules/brief-states.ts'
import { dayInWords } from '#services/kernel/days.ts'

export const meta = () => titled('Briefs')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const search = new URL(args.request.url).searchParams
  const show = search.get('show')
  const column = boardColumns.find(({ key }) => key === show)
  const states = show === 'ended' ? briefStateNames.filter(isEnded) : column?.states
  const list = states ? await briefDeskList(ctx, { states, after: search.get('after') }) : null
  return { show: list ? show : null, list, board: await briefBoard(ctx) }
}

export default function BriefBoard() {
  const { show, list, board } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        title="Briefs"
        actions={
          <ButtonLink to="/briefs/new" icon="plus">
            Ask for an asset
          </ButtonLink>
        }
      >
        What people of the house and its partners ask for and does not exist yet: judged, given to somebody, made, looked at, closed.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Briefs"
          tabs={[
            { to: '/library/briefs', label: 'Board', current: show === null },
            ...board.columns.map(({ key, label, total }) => ({ to: `?show=${key}`, label, count: total, current: show === key })),
            { to: '?show=ended', label: 'Ended', count: board.ended, current: show === 'ended' },
          ]}
        />
        {list ? (
          <>
            <Table
              caption="Briefs"
              columns={[
                { label: 'Title', head: true, cell: (brief) => <Link to={`/briefs/${brief.id}`}>{brief.title}</Link> },
                { label: 'State', cell: (brief) => <DeskBriefStatus state={brief.state} /> },
                { label: 'For', cell: (brief) => `${brief.askedBy}, ${brief.org}` },
                { label: 'Maker', cell: (brief) => brief.maker },
                { label: 'Due', cell: (brief) => <Due brief={brief} /> },
                { label: 'Changed', cell: (brief) => <When at={brief.changedAt} to="day" /> },
              ]}
              rows={list.items}
              rowKey={(brief) => brief.id}
              empty={
                <EmptyState icon="inbox" title="Nothing here">
                  No brief stands so at present.
                </EmptyState>
              }
            />
            <Pager next={list.next} />
          </>
        ) : (
          <div className="brief-board" role="list">
            {board.columns.map(({ key, label, total, briefs }) => (
              <section key={key} role="listitem" aria-label={`${label}, ${total}`} className="brief-column">
                <h2 className="eyebrow">
                  {label} <span className="muted">{total}</span>
                </h2>
                {briefs.length === 0 && <p className="small muted">None</p>}
                {briefs.map((brief) => (
                  <BriefCard key={brief.id} brief={brief} />
                ))}
                {total > briefs.length && <Link to={`?show=${key}`}>All {total}</Link>}
              </section>
            ))}
          </div>
        )}
      </Stack>
    </Page>
  )
}

const Due = ({ brief }: { brief: Pick<BriefLine, 'dueOn' | 'late'> }) =>
  brief.dueOn ? (
    <Cluster gap="sm">
      <span className="nowrap">{dayInWords(brief.dueOn)}</span>
      {brief.late && <Badge tone="warning">Late</Badge>}
    </Cluster>
  ) : null

function BriefCard({ brief }: { brief: BriefLine }) {
  return (
    <article className="brief-card">
      <h3>
        <Link to={`/briefs/${brief.id}`}>{brief.title}</Link>
      </h3>
      <p className="small muted">
        {brief.askedBy}, {brief.org}
      </p>
      {brief.maker && <p className="small">{brief.maker}</p>}
      <Cluster gap="sm">
        {(brief.state === 'IN_PROGRESS' || brief.state === 'CHANGES_ASKED') && <DeskBriefStatus state={brief.state} />}
        {brief.delivered > 0 && <Badge>{brief.delivered === 1 ? '1 file' : `${brief.delivered} files`}</Badge>}
        {brief.notes > 0 && <Badge>{brief.notes === 1 ? '1 note' : `${brief.notes} notes`}</Badge>}
      </Cluster>
      <div className="small">
        <Due brief={brief} />
      </div>
    </article>
  )
}
