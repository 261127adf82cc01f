import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { RequestStatus } from '#app/components/portal/request-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { WithdrawError } from '#services/licensing/errors.ts'
import { myRequest } from '#services/licensing/request-views.ts'
import { withdrawRequest } from '#services/licensing/requests.ts'

export const loader = async (args: LoaderFunctionArgs) => myRequest(await personOf(args), args.params.requestId ?? '')

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.asset ? `Request for ${data.asset.title}` : 'Request')

const sayings = { 'already-decided': 'The rights desk was faster: this request has been decided.' } satisfies Record<WithdrawError, string>

/** The one thing that an asker may still do: take the request back. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const requestId = args.params.requestId ?? ''
  const outcome = await withdrawRequest(ctx, { requestId })
  return redirectWithToast(
    `/requests/${requestId}`,
    outcome.ok ? { tone: 'success', text: 'Request taken back.' } : { tone: 'warning', text: sayings[outcome.error] },
  )
}

type Request = ReturnType<typeof useLoaderData<typeof loader>>

function Outcome({ request: { state, reason, licence, asset } }: { request: Request }) {
  if (state === 'WAITING')
    return (
      <Notice title="The rights desk has it">
        <p>You hear by mail as soon as it is decided.</p>
      </Notice>
    )
  if (state === 'REFUSED')
    return (
      <Notice tone="danger" title="Refused">
        <p>{reason}</p>
      </Notice>
    )
  if (state === 'WITHDRAWN' || !licence)
    return <Notice title="Taken back">{asset && <ButtonLink to={`/requests/new?asset=${asset.id}`}>Ask again</ButtonLink>}</Notice>
  return (
    <Notice tone={licence.inForce ? 'success' : 'warning'} title={licence.inForce ? 'Granted' : 'Granted, not in force now'}>
      {reason && <p>{reason}</p>}
      <Cluster>
        {licence.inForce && (
          <ButtonAnchor href={`/licences/${licence.id}/download`} icon="download" tone="primary">
            Download the file
          </ButtonAnchor>
        )}
        <ButtonLink to={`/licences/${licence.id}`}>Licence {licence.number}</ButtonLink>
      </Cluster>
    </Notice>
  )
}

export default function RequestPage() {
  const request = useLoaderData<typeof loader>()
  const { asset } = request
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/requests', label: 'Requests' }]} />
      <PageHeader eyebrow={<RequestStatus state={request.state} />} title={asset?.title ?? 'An asset that is gone'} />
      <Split aside="20rem">
        <Stack gap="lg">
          <Outcome request={request} />
          <Panel title="What you asked for">
            <Stack>
              <p className="prose">{request.purpose}</p>
              <DescriptionList facts={request.scope.map(({ label, words }) => ({ term: label, detail: words }))} />
            </Stack>
          </Panel>
          {request.state === 'WAITING' && (
            <Form method="post">
              <SubmitButton tone="secondary">Take the request back</SubmitButton>
            </Form>
          )}
        </Stack>
        <Stack>
          {asset && (
            <Picture
              src={
                asset.audience === 'STORE'
                  ? `/previews/${asset.id}/grid`
                  : request.licence?.inForce
                    ? `/previews/${asset.id}/clean-grid`
                    : null
              }
              alt={asset.altText}
              width={asset.publishedVersion?.width ?? null}
              height={asset.publishedVersion?.height ?? null}
              tint={asset.publishedVersion?.dominantColour ?? null}
            />
          )}
          <DescriptionList
            facts={[
              {
                term: 'Asked',
                detail: (
                  <>
                    <When at={request.createdAt} to="day" /> by {request.askedBy}
                  </>
                ),
              },
              {
                term: 'Decided',
                detail: request.decidedAt && (
                  <>
                    <When at={request.decidedAt} to="day" /> {request.decidedBy && `by ${request.decidedBy}`}
                  </>
                ),
              },
            ]}
          />
        </Stack>
      </Split>
    </Page>
  )
}
