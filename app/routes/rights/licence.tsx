import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EvidencePanel, ScopePanel } from '#app/components/licensing/licence-facts.tsx'
import { LicenceDecisions } from '#app/components/licensing/licence-decisions.tsx'
import { LicenceHistory } from '#app/components/licensing/licence-history.tsx'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { useLeftWords, Term } from '#app/components/licensing/term.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { maySeeOrder } from '#services/commerce/policy.ts'
import { rightsLicencePage } from '#services/licensing/desk-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Licence ${data.number}` : 'Licence')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'FINANCE', 'LIBRARIAN', 'AUDITOR')
  return { ...(await rightsLicencePage(ctx, args.params.licenceId ?? '')), maySeeOrder: maySeeOrder(ctx.actor) }
}

export default function RightsLicence() {
  const leftWords = useLeftWords()
  const licence = useLoaderData<typeof loader>()
  const { asset } = licence
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/licences', label: 'Licences' }]} />
      <PageHeader
        eyebrow={
          <Cluster gap="sm">
            <StandingStatus standing={licence.standing} />
            {licence.exclusive && <Badge tone="info">Exclusive</Badge>}
          </Cluster>
        }
        title={licence.number}
      >
        {licence.holder.name}: {licence.modelName}, {licence.summary}
      </PageHeader>
      <Split>
        <Stack gap="lg">
          {licence.endReason && <Notice tone="warning">{licence.endReason}</Notice>}
          {licence.refundReturned && (
            <Notice tone="warning" title="Its refund came back">
              The bank sent the refund back: the money is with the house again, and the licence has ended. Refund it once more on its order.
            </Notice>
          )}
          <ScopePanel scope={licence.scope} />
          <Panel title="History">
            <LicenceHistory events={licence.history} />
          </Panel>
        </Stack>
        <Stack gap="lg">
          <Picture src={`/previews/${asset.id}/clean-grid`} alt={asset.altText || asset.title} tint={asset.dominantColour} ratio="3 / 2" />
          <Panel title="Licence">
            <DescriptionList
              facts={[
                { term: 'Number', detail: <CopyText value={licence.number} /> },
                { term: 'Picture', detail: <Link to={`/library/assets/${asset.id}`}>{asset.title}</Link> },
                { term: 'Rights', detail: <Link to={`/rights/assets/${asset.id}`}>What is held and taken</Link> },
                { term: 'Term', detail: <Term startsAt={licence.startsAt} endsAt={licence.endsAt} zone={licence.zone} /> },
                { term: 'Left', detail: leftWords(licence.daysLeft) },
                { term: 'Issued', detail: licence.issuedAt && <When at={licence.issuedAt} /> },
                { term: 'Ended', detail: licence.endedAt && <When at={licence.endedAt} /> },
                {
                  term: 'Order',
                  detail:
                    licence.order &&
                    (licence.maySeeOrder ? (
                      <Link to={`/finance/orders/${licence.order.id}`}>{licence.order.number}</Link>
                    ) : (
                      licence.order.number
                    )),
                },
                { term: 'Request', detail: licence.requestId && <Link to={`/rights/requests/${licence.requestId}`}>The request</Link> },
              ]}
            />
          </Panel>
          {licence.mayDecide && <LicenceDecisions licence={licence} />}
          <EvidencePanel licence={licence} />
        </Stack>
      </Split>
    </Page>
  )
}
