import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EvidencePanel, ScopePanel } from '#app/components/licensing/licence-facts.tsx'
import { LicenceHistory } from '#app/components/licensing/licence-history.tsx'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { StandingNotice } from '#app/components/licensing/standing-notice.tsx'
import { leftWords, Term } from '#app/components/licensing/term.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { licencePage } from '#services/licensing/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Licence ${data.number}` : 'Licence')

export async function loader(args: LoaderFunctionArgs) {
  return licencePage(await personOf(args), args.params.licenceId ?? '')
}

export default function Licence() {
  const licence = useLoaderData<typeof loader>()
  const { asset, paper, standing } = licence
  const inForce = standing === 'in-force' || standing === 'ending'
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/licences', label: 'Licences' }]} />
      <PageHeader
        eyebrow={
          <Cluster gap="sm">
            <StandingStatus standing={standing} />
            {licence.exclusive && <Badge tone="info">Exclusive</Badge>}
          </Cluster>
        }
        title={asset.title}
        actions={
          <>
            {inForce && (
              <ButtonAnchor href={`/licences/${licence.id}/download`} tone="primary" icon="download">
                Download the file
              </ButtonAnchor>
            )}
            <ButtonAnchor href={`/licences/${licence.id}/certificate`} icon="document">
              Certificate
            </ButtonAnchor>
            <ButtonAnchor href={`/licences/${licence.id}/odrl`} icon="download" tone="quiet">
              ODRL
            </ButtonAnchor>
          </>
        }
      >
        {licence.modelName}, {licence.summary}
      </PageHeader>
      <Split>
        <Stack gap="lg">
          <StandingNotice licence={licence} />
          <Picture
            src={`/previews/${asset.id}/${inForce ? 'clean-grid' : 'grid'}`}
            alt={asset.altText || asset.title}
            width={paper?.width ?? null}
            height={paper?.height ?? null}
            tint={asset.dominantColour}
            fit="contain"
            eager
          />
          <ScopePanel scope={licence.scope} />
        </Stack>
        <Stack gap="lg">
          <Panel title="Licence">
            <DescriptionList
              facts={[
                { term: 'Number', detail: <CopyText value={licence.number} /> },
                { term: 'Term', detail: <Term startsAt={licence.startsAt} endsAt={licence.endsAt} zone={licence.zone} /> },
                { term: 'Left', detail: inForce ? leftWords(licence.daysLeft) : null },
                { term: 'Issued', detail: licence.issuedAt && <When at={licence.issuedAt} /> },
                { term: 'Order', detail: licence.order && <Link to={`/orders/${licence.order.id}`}>{licence.order.number}</Link> },
                { term: 'Invoice', detail: licence.invoice && <a href={`/invoices/${licence.invoice.id}`}>{licence.invoice.number}</a> },
                {
                  term: 'Request',
                  detail: licence.requestId && <Link to={`/requests/${licence.requestId}`}>The request it was granted for</Link>,
                },
              ]}
            />
            {inForce && (
              <ButtonAnchor href={`/licences/${licence.id}/download?rendition=web`} icon="download" wide>
                Smaller file for the web
              </ButtonAnchor>
            )}
            {!inForce && <ButtonLink to={`/assets/${asset.id}`}>License it anew</ButtonLink>}
          </Panel>
          <EvidencePanel licence={licence} />
          <Panel title="History">
            <LicenceHistory events={licence.history} />
          </Panel>
        </Stack>
      </Split>
    </Page>
  )
}
