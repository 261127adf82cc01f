import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { bulkStateLook } from '#app/components/bulk/bulk-history.tsx'
import { BulkLines } from '#app/components/bulk/bulk-lines.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { bulkEditPage, lineFilters, type LineFilter } from '#services/assets/bulk-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.page.edit.says.join('; ') ?? 'Bulk edit')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const search = new URL(args.request.url).searchParams
  const show = lineFilters.find((filter) => filter === search.get('show')) ?? 'changes'
  const from = Number(search.get('after') ?? 0)
  const page = await bulkEditPage(ctx, args.params.editId ?? '', { show, from: Number.isInteger(from) && from > 0 ? from : 0 })
  return { page, show, filters: lineFilters, from: cameFrom(search) }
}

/** The selection whose lacks are being filled in, one after the other. */
const cameFrom = (search: URLSearchParams): string | null => /^sel_[0-9a-z]{1,40}$/.exec(search.get('from') ?? '')?.[0] ?? null

const filterWords: Record<LineFilter, string> = {
  changes: 'Changed',
  over: 'Replaces what was written',
  refused: 'Refused',
  same: 'Nothing to do',
  kept: 'Changed since, kept',
}
const headings = {
  DRAFT: 'What it would do',
  APPLYING: 'Under way',
  APPLIED: 'What it did',
  UNDOING: 'Being taken back',
  UNDONE: 'What it did, and what was taken back',
  DROPPED: 'What it would have done',
}

export default function BulkEdit() {
  const { page, show, filters, from: selectionId } = useLoaderData<typeof loader>()
  const { edit, counts } = page
  useRefreshWhile(edit.state === 'APPLYING' || edit.state === 'UNDOING')
  const draft = edit.state === 'DRAFT'
  const tabs = filters
    .filter((filter) => counts[filter] > 0 || filter === 'changes')
    .map((filter) => ({
      to: `?${new URLSearchParams({ show: filter, ...(selectionId && { from: selectionId }) })}`,
      label: draft && filter === 'changes' ? 'Changes' : filterWords[filter],
      count: counts[filter],
      current: filter === show,
    }))
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/library', label: 'Library' },
          { to: '/library/bulk', label: 'Bulk edits' },
          ...(selectionId ? [{ to: `/library/selections/${selectionId}`, label: 'The selection' }] : []),
        ]}
      />
      <PageHeader
        eyebrow={<Status tone={bulkStateLook[edit.state].tone}>{bulkStateLook[edit.state].word}</Status>}
        title={headings[edit.state]}
        actions={<Actions edit={edit} counts={counts} selectionId={selectionId} />}
      >
        {edit.says.join('; ')}. {edit.byName}, <When at={edit.appliedAt ?? edit.createdAt} />
      </PageHeader>
      <Stack gap="lg">
        {edit.state === 'APPLYING' && (
          <Progress label="Changing the records" value={counts.done} max={counts.doable} note={`${counts.done} of ${counts.doable}`} />
        )}
        {edit.state === 'UNDOING' && (
          <Progress label="Taking it back" value={counts.undone} max={counts.undoable} note={`${counts.undone} of ${counts.undoable}`} />
        )}
        {edit.state === 'UNDONE' && counts.kept > 0 && (
          <Notice tone="warning" title={`${counts.kept === 1 ? 'One asset was' : `${counts.kept} assets were`} changed since`}>
            What others wrote there after the bulk edit stays as they left it. <a href="?show=kept">Look at them</a>
          </Notice>
        )}
        <Stats>
          <Stat label="Selected" value={edit.total} />
          <Stat label={draft ? 'Would change' : 'Changed'} value={counts.changes} />
          {draft && <Stat label="Replaces what was written" value={counts.over} />}
          <Stat label="Refused" value={counts.refused} />
          <Stat label="Nothing to do" value={counts.same} />
          {edit.state === 'UNDONE' && <Stat label="Taken back" value={counts.restored} />}
        </Stats>
        <Tabs label="Lines" tabs={tabs} />
        <BulkLines lines={page.lines} next={page.next} />
      </Stack>
    </Page>
  )
}

type ActionsProps = Pick<ReturnType<typeof useLoaderData<typeof loader>>['page'], 'edit' | 'counts'> & { selectionId: string | null }

function Actions({ edit, counts, selectionId }: ActionsProps) {
  const act = `/library/bulk/${edit.id}/act${selectionId ? `?from=${selectionId}` : ''}`
  if (edit.state === 'DRAFT')
    return (
      <Cluster>
        {counts.doable > 0 && (
          <Form method="post" action={act}>
            <SubmitButton
              name="verb"
              value="apply"
            >{`Change ${counts.doable === 1 ? 'one asset' : `${counts.doable} assets`}`}</SubmitButton>
          </Form>
        )}
        <Form method="post" action={act}>
          <SubmitButton name="verb" value="drop" tone="quiet">
            Drop it
          </SubmitButton>
        </Form>
      </Cluster>
    )
  const back = selectionId && (
    <ButtonLink to={`/library/selections/${selectionId}`} tone="primary">
      What else is lacking
    </ButtonLink>
  )
  if (edit.state !== 'APPLIED' || counts.undoable === 0) return back
  return (
    <Cluster>
      {back}
      <Undo act={act} isMerge={edit.isMerge} />
    </Cluster>
  )
}

function Undo({ act, isMerge }: { act: string; isMerge: boolean }) {
  return (
    <Dialog title="Take this bulk edit back?" trigger="Undo">
      <Form method="post" action={act} className="stack">
        <p>
          Every field that still stands as this edit left it becomes what it was before. What somebody has changed since stays, and is
          listed.
          {isMerge && ' The merged term comes back too.'}
        </p>
        <div>
          <SubmitButton name="verb" value="undo">
            Take it back
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
