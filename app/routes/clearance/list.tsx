import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { CountsBar, listStates } from '#app/components/clearance/counts.tsx'
import { lineOf } from '#app/components/clearance/list-lines.server.ts'
import { ListRows } from '#app/components/clearance/list-rows.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { isUnderWay } from '#services/clearance/rules/clearance-states.ts'
import { lights } from '#services/clearance/rules/lights.ts'
import { listPage } from '#services/clearance/views.ts'
import { isStaff } from '#services/kernel/actor.ts'

export const meta = () => titled('A list of uses')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const search = new URL(args.request.url).searchParams
  const light = lights.find((each) => each.toLowerCase() === search.get('light'))
  const after = Number(search.get('after') ?? 0)
  const page = await listPage(ctx, args.params.clearanceId ?? '', {
    light,
    after: Number.isInteger(after) && after > 0 && after < 1e9 ? after : 0,
  })
  const { rows, holderOrgId, ...shown } = page
  return { ...shown, rows: rows.map((row) => lineOf(row, holderOrgId)), light: light ?? null, staff: isStaff(ctx.actor) }
}

export default function List() {
  const { list, rows, next, zone, light, staff } = useLoaderData<typeof loader>()
  const underWay = isUnderWay(list.state)
  useRefreshWhile(underWay)
  const { words, tone } = listStates[list.state]
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/clearance', label: 'May I use it?' },
          { to: '/clearance/lists', label: 'Lists' },
        ]}
      />
      <PageHeader
        title={list.name}
        actions={
          underWay ? (
            <Form method="post" action={`/clearance/lists/${list.id}/cancel`}>
              <SubmitButton tone="danger">Cancel</SubmitButton>
            </Form>
          ) : (
            list.rowsDone > 0 && (
              <ButtonAnchor href={`/clearance/lists/${list.id}/result.csv`} icon="download" download>
                Result as CSV
              </ButtonAnchor>
            )
          )
        }
      >
        <Status tone={tone}>{words}</Status>
      </PageHeader>
      <Stack gap="lg">
        {underWay && (
          <Panel title="Under way">
            <Progress
              label="Uses asked"
              value={list.rowsDone}
              max={list.rowsTotal}
              note={`${list.rowsDone.toLocaleString('en-GB')} of ${list.rowsTotal.toLocaleString('en-GB')}`}
            />
            <p className="muted small">
              You may leave this page; the list goes on. <Link to="">Look again</Link>
            </p>
          </Panel>
        )}
        {list.state === 'FAILED' && (
          <Notice tone="danger" title="This list could not be asked">
            <p>{list.failure}</p>
          </Notice>
        )}
        {list.state === 'CANCELLED' && (
          <Notice tone="info" title="This list was cancelled">
            <p>
              {list.rowsDone.toLocaleString('en-GB')} of {list.rowsTotal.toLocaleString('en-GB')} uses were asked before.
            </p>
          </Notice>
        )}
        {list.rowsDone > 0 && (
          <>
            <CountsBar counts={list} chosen={light ?? undefined} />
            <ListRows rows={rows} staff={staff} />
            <Pager next={next} />
          </>
        )}
        <DescriptionList
          facts={[
            { term: 'Asked', detail: <When at={list.createdAt} zone={zone} /> },
            { term: 'By', detail: list.source === 'api' ? `A program of ${list.by ?? 'somebody'}` : list.by },
            { term: 'For', detail: list.holder },
            { term: 'Finished', detail: list.finishedAt && <When at={list.finishedAt} zone={zone} /> },
          ]}
        />
      </Stack>
    </Page>
  )
}
