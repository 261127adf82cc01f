import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useRef } from 'react'
import { WorkBar } from '#app/components/desk/work-bar.tsx'
import { WorkFilterForm, WorkKinds } from '#app/components/desk/work-filter.tsx'
import { WorkLineRow } from '#app/components/desk/work-line.tsx'
import { WorkViews } from '#app/components/desk/work-views.tsx'
import { UndoStroke } from '#app/components/desk/undo-stroke.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { filterOf, searchOf } from '#services/desk/rules/filter.ts'
import { viewsOf } from '#services/desk/saved-views.ts'
import { deskFigures, worklistPage } from '#services/desk/worklist.ts'

export const meta = () => titled('Worklist')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  const views = await viewsOf(ctx)
  const preferred = views.find(({ isDefault }) => isDefault)
  // Whoever comes without a wish gets the view that they chose to open with, at its own address.
  if (searchParams.size === 0 && preferred) throw redirect(`/rights?${preferred.query}${preferred.query ? '&' : ''}view=${preferred.id}`)
  const filter = filterOf(searchParams)
  const list = await worklistPage(ctx, filter, searchParams.get('after'))
  return {
    ...list,
    filter,
    query: searchOf(filter),
    views,
    view: searchParams.get('view'),
    figures: await deskFigures(ctx),
    stroke: searchParams.get('stroke'),
  }
}

const figure = (n: number): string => n.toLocaleString('en-GB')

export default function Worklist() {
  const { page, kinds, severities, total, zone, colleagues, mayMark, behind, filter, query, views, view, figures, stroke } =
    useLoaderData<typeof loader>()
  const list = useRef<HTMLUListElement>(null)
  return (
    <Page>
      <PageHeader
        title="Worklist"
        actions={
          <ButtonLink to="/rights/calendar" icon="calendar">
            Calendar
          </ButtonLink>
        }
      >
        What ends, what does not fit together, who waits. The worst first.
      </PageHeader>
      <Stack>
        <Stats>
          <Stat label="Requests waiting" value={figure(figures.requests)} />
          <Stat label="Licences in force" value={figure(figures.live)} note={`${figure(figures.exclusive)} exclusive`} />
          <Stat label="Held for buyers" value={figure(figures.holds)} />
          <Stat label="Pictures under contract" value={figure(figures.held)} />
          <Stat label="Bans" value={figure(figures.bans)} />
        </Stats>
        {stroke && mayMark && <UndoStroke strokeId={stroke} back={`/rights?${query || 'view=usual'}`} />}
        <WorkViews views={views} current={view} query={query} mayShare={mayMark} />
        <WorkFilterForm filter={filter} colleagues={colleagues} />
        <WorkKinds filter={filter} kinds={kinds} bySeverity={severities} />
        {behind > 0 && (
          <Notice tone="info" title="Still looking">
            The rights of {many(behind, 'picture')} changed just now and are being looked at; {behind === 1 ? 'its' : 'their'} lines follow.
          </Notice>
        )}
        <section aria-label={many(total, 'line')} className="work">
          {page.items.length > 0 && <WorkBar list={list} filter={query} total={total} mayMark={mayMark} />}
          {page.items.length === 0 ? (
            <EmptyState icon="success" title={query === '' ? 'Nothing to do' : 'Nothing like that'}>
              {query === '' ? 'No contract ends soon, nothing collides, nobody waits.' : 'Take a filter away, or look further ahead.'}
            </EmptyState>
          ) : (
            <ul className="worklist" ref={list}>
              {page.items.map((line) => (
                <WorkLineRow key={line.item} line={line} zone={zone} mayMark={mayMark} />
              ))}
            </ul>
          )}
          <Pager next={page.next} />
        </section>
      </Stack>
    </Page>
  )
}
