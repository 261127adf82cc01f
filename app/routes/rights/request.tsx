import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { RequestDecision } from '#app/components/licensing/request-decision.tsx'
import { RequestStatus } from '#app/components/portal/request-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { requestDeskPage } from '#services/licensing/desk-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Request: ${data.asset.title}` : 'Request')

export async function loader(args: LoaderFunctionArgs) {
  return requestDeskPage(await staffOf(args, 'RIGHTS_MANAGER', 'LIBRARIAN', 'AUDITOR'), args.params.requestId ?? '')
}

export default function Request() {
  const request = useLoaderData<typeof loader>()
  const { asset } = request
  const decidable = request.state === 'WAITING' && request.mayDecide
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/requests', label: 'Requests' }]} />
      <PageHeader eyebrow={<RequestStatus state={request.state} />} title={`${request.org}: ${asset.title}`}>
        Asked by {request.askedBy} on <When at={request.createdAt} />
      </PageHeader>
      <Split aside="26rem">
        <Stack gap="lg">
          <Panel title="Intended use">
            <p>{request.purpose}</p>
            <DescriptionList facts={request.scope.map(({ label, words }) => ({ term: label, detail: words }))} />
          </Panel>
          <Picture src={`/previews/${asset.id}/clean-grid`} alt={asset.altText || asset.title} fit="contain" />
          <p>
            <Link to={`/rights/assets/${asset.id}`}>All rights of this asset</Link>
          </p>
        </Stack>
        <Stack gap="lg">
          {request.state === 'WAITING' && <Availability against={request.against} withheld={request.withheld} />}
          {decidable && <RequestDecision requestId={request.id} wish={request.wish} />}
          {request.state !== 'WAITING' && (
            <Panel title="Decision">
              <DescriptionList
                facts={[
                  { term: 'By', detail: request.decidedBy },
                  { term: 'On', detail: request.decidedAt && <When at={request.decidedAt} /> },
                  { term: 'Reason', detail: request.reason },
                  {
                    term: 'Licence',
                    detail: request.licence && <Link to={`/rights/licences/${request.licence.id}`}>{request.licence.number}</Link>,
                  },
                ]}
              />
            </Panel>
          )}
        </Stack>
      </Split>
    </Page>
  )
}

/** What the rights engine says of the whole wish; granting less may still be possible. */
function Availability({ against, withheld }: { against: readonly string[]; withheld: string | null }) {
  if (against.length === 0)
    return (
      <Notice tone="success" title="It can be granted as asked">
        <p>Nothing that we hold, owe or have sold stands in the way.</p>
        {withheld && <p>{withheld}</p>}
      </Notice>
    )
  return (
    <Notice tone="warning" title="It cannot be granted as asked">
      <ul>
        {against.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p>Take these parts out below, or refuse.</p>
    </Notice>
  )
}
