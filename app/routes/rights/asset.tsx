import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { barredLanes, consentLanes, heldLanes, takenLanes } from '#app/components/rights/asset-rows.tsx'
import { AvailabilityGrid } from '#app/components/rights/availability-grid.tsx'
import { RightsTimeline } from '#app/components/rights/rights-timeline.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { assetRightsPage, type AssetRightsPage } from '#services/rights/asset-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Rights: ${data.asset.title}` : 'Rights')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const search = new URL(args.request.url).searchParams
  return assetRightsPage(ctx, args.params.assetId ?? '', {
    from: search.get('from'),
    months: Number(search.get('months')),
    media: search.get('media'),
    territory: search.get('territory'),
  })
}

export default function AssetRights() {
  const page = useLoaderData<typeof loader>()
  const { asset, ticks, now } = page
  const add = (what: string, label: string) =>
    page.mayRecord && (
      <ButtonLink to={`/rights/assets/${asset.id}/${what}`} size="sm" icon="plus">
        {label}
      </ButtonLink>
    )
  const lanes = { ticks, now }
  return (
    <Page>
      <Breadcrumbs trail={[{ to: `/library/assets/${asset.id}`, label: 'Library' }]} />
      <PageHeader eyebrow="Rights" title={asset.title} actions={<ButtonLink to={`/library/assets/${asset.id}`}>Open in the library</ButtonLink>}>
        What is held, what bars, what is taken. Days are those of {page.zone}.
      </PageHeader>
      <Stack gap="lg">
        <Unanswered page={page} />
        <Panel title="What can be had">
          <AvailabilityGrid grid={page.grid} span={page.span} cell={page.cell} />
        </Panel>
        <Panel title="Held" actions={add('acquisitions', 'Record a contract')}>
          <RightsTimeline
            label="Contracts"
            lanes={heldLanes(page)}
            {...lanes}
            empty={
              <EmptyState icon="document" title="Nothing is held">
                Record the contract under which the house has this asset. Until then nothing of it can be licensed.
              </EmptyState>
            }
          />
        </Panel>
        <Panel title="Consents" actions={add('releases', 'Record a release')}>
          <RightsTimeline
            label="Releases"
            lanes={consentLanes(page)}
            {...lanes}
            empty={
              <EmptyState icon="people" title="No releases">
                {consentWords(page)}
              </EmptyState>
            }
          />
        </Panel>
        <Panel title="Bans" actions={add('restrictions', 'Bar a use')}>
          <RightsTimeline
            label="Bans"
            lanes={barredLanes(page)}
            {...lanes}
            empty={
              <EmptyState icon="lock" title="Nothing is barred">
                Embargoes, holdbacks and legal holds would stand here.
              </EmptyState>
            }
          />
        </Panel>
        <Panel title="Taken">
          <RightsTimeline
            label="Licences and holds"
            lanes={takenLanes(page)}
            {...lanes}
            empty={
              <EmptyState icon="receipt" title="Nothing is taken">
                Licences in force and holds of buyers appear here with their scope.
              </EmptyState>
            }
          />
        </Panel>
      </Stack>
    </Page>
  )
}

const consentWords = ({ asset }: AssetRightsPage): string =>
  asset.showsPeople || asset.showsProperty
    ? 'It shows people or property: advertising needs their release. Record it here.'
    : 'A release of each person or owner shown would stand here.'

/** A question without an answer is never a yes: say so, and where to answer. */
function Unanswered({ page: { asset } }: { page: AssetRightsPage }) {
  const open = [
    asset.showsPeople === null && 'whether people can be recognised',
    asset.showsProperty === null && 'whether private property or artwork is shown',
  ].filter(Boolean)
  if (open.length === 0 && !asset.editorialOnly) return null
  return (
    <Notice tone="warning" title={open.length > 0 ? `Nobody has said ${open.join(', nor ')}` : 'For editorial use only'}>
      <p>
        {open.length > 0
          ? 'Until it is answered in the library’s record, advertising and products are blocked.'
          : 'The library’s record says so: everything but editorial media is blocked.'}
      </p>
      <p>
        <ButtonLink to={`/library/assets/${asset.id}/edit`} size="sm">
          Edit the record
        </ButtonLink>
      </p>
    </Notice>
  )
}
