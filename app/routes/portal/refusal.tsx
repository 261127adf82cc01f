import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { refusalWords } from '#app/components/portal/refusal-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { refusalPage } from '#services/delivery/views.ts'

/** A refused download: the reason, what it was about, and where to go on. The status says that nothing was given. */
export async function loader(args: LoaderFunctionArgs) {
  return data(await refusalPage(await personOf(args), args.params.deliveryId ?? ''), {
    status: 403,
    headers: { 'Cache-Control': 'no-store' },
  })
}

export const meta = () => titled('Not delivered')

type Refused = ReturnType<typeof useLoaderData<typeof loader>>

/** The ways on, the most likely one first. */
function WaysOn({ refused: { reason, licence, kit, asset } }: { refused: Refused }) {
  const public_ = asset?.state === 'PUBLISHED' && asset.audience === 'STORE'
  return (
    <Cluster>
      {reason === 'rendition-not-included' && licence && (
        <ButtonAnchor tone="primary" icon="download" href={`/licences/${licence.id}/download?rendition=web`}>
          Download the web size
        </ButtonAnchor>
      )}
      {asset && ['ended', 'kit-ended', 'no-right', 'revoked'].includes(reason) && (
        <ButtonLink tone="primary" to={public_ ? `/assets/${asset.id}` : `/requests/new?asset=${asset.id}`}>
          {public_ ? 'See what can be licensed' : 'Ask for it'}
        </ButtonLink>
      )}
      {licence && <ButtonLink to={`/licences/${licence.id}`}>See the licence</ButtonLink>}
      {kit && <ButtonLink to={`/portal/kits/${kit.id}`}>Back to {kit.title}</ButtonLink>}
      {!licence && !kit && <ButtonLink to="/licences">Your licences</ButtonLink>}
    </Cluster>
  )
}

export default function Refusal() {
  const refused = useLoaderData<typeof loader>()
  const { asset, licence, kit, zone } = refused
  const words = refusalWords[refused.reason]
  return (
    <Page width="narrow">
      <PageHeader eyebrow="Not delivered" title={words.title}>
        {words.body}
      </PageHeader>
      <Stack gap="lg">
        <WaysOn refused={refused} />
        <DescriptionList
          facts={[
            { term: 'File', detail: asset?.title },
            { term: 'Form', detail: refused.rendition === 'web' ? 'Web size' : 'Original' },
            { term: 'Brand kit', detail: kit?.title },
            { term: 'Licence', detail: licence?.number },
            {
              term: 'In force',
              detail: licence && (
                <>
                  <When at={licence.startsAt} to="day" zone={zone} /> to{' '}
                  {licence.endsAt ? <When at={licence.endsAt} to="day" zone={zone} endOfSpan /> : 'no end'}
                </>
              ),
            },
            { term: 'Reason given', detail: licence?.endReason ?? kit?.endReason },
            { term: 'Asked', detail: <When at={refused.at} zone={zone} /> },
            { term: 'Reference', detail: <CopyText value={refused.id} /> },
          ]}
        />
        <p className="small muted">
          Every request for a file is registered, also those that are refused. If you think this is wrong, send the reference to the rights
          desk.
        </p>
      </Stack>
    </Page>
  )
}
