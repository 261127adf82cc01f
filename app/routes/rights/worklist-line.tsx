import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { LineMark } from '#app/components/desk/work-line.tsx'
import { severityTone, severityWords } from '#app/components/desk/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Table, type Column } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { isEnding } from '#services/desk/rules/kinds.ts'
import { wayOut } from '#services/desk/rules/way-out.ts'
import { detailOf, leftOf, titleOf } from '#services/desk/rules/words.ts'
import { linePage, type LinePicture } from '#services/desk/worklist.ts'

export const meta = () => titled('Worklist')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  return (await linePage(ctx, searchParams.get('item') ?? '', searchParams.get('after'))) ?? null
}

const act = (verb: string, item: string): string => `/rights/worklist/act?${new URLSearchParams({ verb, item })}`

const licenceColumn: Column<LinePicture> = {
  label: 'Licences in question',
  cell: ({ licences }) =>
    licences.length === 0 ? (
      <span className="muted">–</span>
    ) : (
      <ul className="plain-list small">
        {licences.map(({ id, number, holder }) => (
          <li key={number}>
            {id ? <Link to={`/rights/licences/${id}`}>{number}</Link> : number} {holder}
          </li>
        ))}
      </ul>
    ),
}

export default function Line() {
  const page = useLoaderData<typeof loader>()
  if (!page)
    return (
      <Page width="narrow">
        <EmptyState icon="success" title="This line is gone" action={<ButtonLink to="/rights">To the worklist</ButtonLink>}>
          What it was about has been solved, or has changed and is another line now.
        </EmptyState>
      </Page>
    )
  const { line, pictures, zone, mayMark } = page
  const out = wayOut(line, mayMark)
  const ending = isEnding(line.kind)
  const isOwnPage = out.to.startsWith('/rights/worklist/line')
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights', label: 'Worklist' }]} />
      <PageHeader
        title={titleOf(line)}
        actions={
          line.kind === 'schedule-refused' && line.asset ? (
            <ButtonLink to={`/library/assets/${line.asset.id}/life`} tone="primary">
              Open its plan
            </ButtonLink>
          ) : isOwnPage ? undefined : (
            <ButtonLink to={out.to} tone="primary">
              {out.label}
            </ButtonLink>
          )
        }
      >
        {detailOf(line)}
      </PageHeader>
      <Stack>
        <Cluster>
          <Status tone={severityTone[line.severity]}>{severityWords[line.severity]}</Status>
          <span>
            <When at={line.dueAt} to="day" zone={zone} {...(ending && { endOfSpan: true })} />, {leftOf(line.daysLeft, ending)}
          </span>
        </Cluster>
        <LineMark marked={line.marked} zone={zone} />
        {mayMark && (
          <Cluster>
            <ButtonLink to={act('assign', line.item)} size="sm">
              Assign
            </ButtonLink>
            <ButtonLink to={act('snooze', line.item)} size="sm">
              Put off
            </ButtonLink>
            <ButtonLink to={act('done', line.item)} size="sm">
              Dealt with
            </ButtonLink>
            {line.pictures > 0 && (
              <ButtonLink to={act('withdraw', line.item)} size="sm" tone="quiet">
                Take off sale
              </ButtonLink>
            )}
          </Cluster>
        )}
        <Table
          caption="Pictures"
          hideCaption
          rows={pictures.items}
          rowKey={({ id }) => id}
          empty={<p className="muted">No picture of its own: see the plan.</p>}
          columns={[
            {
              label: 'Preview',
              bare: true,
              cell: ({ id, versionId, tint }) => (
                <span className="work-thumb">
                  <Picture src={versionId ? `/previews/${id}/clean-grid?v=${versionId}` : null} alt="" tint={tint} ratio="4 / 3" />
                </span>
              ),
            },
            { label: 'Picture', head: true, cell: ({ id, title }) => <Link to={`/rights/assets/${id}`}>{title}</Link> },
            ...(pictures.items.some(({ licences }) => licences.length > 0) ? [licenceColumn] : []),
          ]}
        />
        <Pager next={pictures.next} label="More pictures" />
      </Stack>
    </Page>
  )
}
