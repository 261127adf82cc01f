import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { PaperForm } from '#app/components/exchange/paper-form.tsx'
import { PaperList } from '#app/components/exchange/paper-list.tsx'
import { AssetHead } from '#app/components/rights/asset-head.tsx'
import { BarredTable, ConsentTable, HeldTable, TakenTable } from '#app/components/rights/asset-rows.tsx'
import { AvailabilityGrid } from '#app/components/rights/availability-grid.tsx'
import { linkedCell } from '#app/components/rights/cell-links.server.ts'
import { FileRightsPanel } from '#app/components/rights/file-rights-panel.tsx'
import { ImportedSalesPanel } from '#app/components/rights/imported-sales-panel.tsx'
import { RightsTimeline } from '#app/components/rights/rights-timeline.tsx'
import { useSeesDesk } from '#app/components/rights/sees-desk.ts'
import { TwinsLine } from '#app/components/rights/twin-group.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { papersOf } from '#services/exchange/paper-views.ts'
import { hasStaffRole } from '#services/kernel/actor.ts'
import { assetRightsPage } from '#services/rights/asset-views.ts'
import { proposalsOf } from '#services/rights/file-rights-views.ts'
import { gridAsked } from '#services/rights/grid-views.ts'
import { importedSalesOf } from '#services/rights/imported-sale-views.ts'
import { zooms } from '#services/rights/rules/timeline.ts'
import { twinsOfAsset } from '#services/rights/twin-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Rights: ${data.asset.title}` : 'Rights')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const search = new URL(args.request.url).searchParams
  const page = await assetRightsPage(ctx, args.params.assetId ?? '', {
    grid: gridAsked(search),
    zoom: zooms.find((years) => String(years) === search.get('zoom')) ?? 3,
    after: search.get('after'),
  })
  const [papers, twins, proposals, elsewhere] = await Promise.all([
    papersOf(ctx, 'RELEASE', [...new Set(page.consents.map(({ reference }) => reference))]),
    twinsOfAsset(ctx, page.asset.id),
    proposalsOf(ctx, page.asset.id),
    importedSalesOf(ctx, page.asset.id, search.get('sales')),
  ])
  const { cell: _told, ...grid } = page.grid
  const mayExport = hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR')
  return { ...page, grid, cell: linkedCell(page), papers, twins, proposals, elsewhere, mayExport }
}

/** The slider's other positions are in the browser already: moving it asks the server only for an open cell's reasons. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  if (formMethod || currentUrl.pathname !== nextUrl.pathname || nextUrl.searchParams.has('media')) return defaultShouldRevalidate
  const rest = (url: URL) => [...url.searchParams].filter(([name]) => name !== 'step').join('&')
  return rest(currentUrl) === rest(nextUrl) && currentUrl.search !== nextUrl.search ? false : defaultShouldRevalidate
}

export default function AssetRights() {
  const page = useLoaderData<typeof loader>()
  const { asset, taken } = page
  const above = useSeesDesk() ? { to: '/rights', label: 'Rights' } : { to: `/library/assets/${asset.id}`, label: 'Library' }
  const add = (what: string, label: string) =>
    page.mayRecord && (
      <ButtonLink to={`/rights/assets/${asset.id}/${what}`} size="sm" icon="plus">
        {label}
      </ButtonLink>
    )
  return (
    <Page>
      <Breadcrumbs trail={[above]} />
      <AssetHead page={page}>
        <TwinsLine twins={page.twins} />
      </AssetHead>
      <Stack gap="lg">
        {page.proposals.some(({ state }) => state === 'OPEN') && (
          <FileRightsPanel assetId={asset.id} proposals={page.proposals} mayRecord={page.mayRecord} zone={page.zone} />
        )}
        <Panel title="What can be had">
          <AvailabilityGrid assetId={asset.id} grid={page.grid} cell={page.cell} />
        </Panel>
        <Panel title="Over time">
          <RightsTimeline timeline={page.timeline} />
        </Panel>
        <Panel title="Held" actions={add('acquisitions', 'Record a contract')}>
          <HeldTable
            page={page}
            rows={page.held}
            empty={
              <EmptyState icon="document" title="Nothing is held">
                Record the contract under which the house has this asset. Until then nothing of it can be licensed.
              </EmptyState>
            }
          />
        </Panel>
        <Panel title="Consents" actions={add('releases', 'Record a release')}>
          <ConsentTable
            page={page}
            rows={page.consents}
            empty={
              <p className="muted">
                No releases.{' '}
                {asset.showsPeople || asset.showsProperty
                  ? 'It shows people or property: advertising needs their release. Record it here.'
                  : 'A release of each person or owner shown would stand here.'}
              </p>
            }
          />
          <Papers page={page} />
        </Panel>
        <Panel title="Bans" actions={add('restrictions', 'Bar a use')}>
          <BarredTable
            page={page}
            rows={page.barred}
            empty={<p className="muted">Nothing is barred. Embargoes, holdbacks and legal holds would stand here.</p>}
          />
        </Panel>
        <Panel title="Taken" actions={taken.total > 0 && <span className="muted small">{counted(taken)}</span>}>
          <TakenTable
            page={page}
            rows={taken.items}
            empty={
              <p className="muted">
                Nothing is taken. Licences in force, other shops’ sales and holds of buyers appear here with their scope.
              </p>
            }
          />
          <Pager next={taken.next} label="More licences" />
        </Panel>
        <ImportedSalesPanel assetId={asset.id} zone={page.zone} sales={page.elsewhere} />
        {!page.proposals.some(({ state }) => state === 'OPEN') && (
          <FileRightsPanel assetId={asset.id} proposals={page.proposals} mayRecord={page.mayRecord} zone={page.zone} />
        )}
        <div className="cluster">
          {page.mayExport && (
            <ButtonLink to={`/rights/exports?asset=${asset.id}`} size="sm" tone="quiet">
              Export these rights
            </ButtonLink>
          )}
          <ButtonAnchor href={`/rights/assets/${asset.id}/odrl`} size="sm" tone="quiet" icon="download">
            As ODRL
          </ButtonAnchor>
          <ButtonLink to="/rights/history" size="sm" tone="quiet" icon="history">
            What changed in the house
          </ButtonLink>
        </div>
      </Stack>
    </Page>
  )
}

/** The signed papers behind the releases. */
function Papers({
  page: { papers, consents, asset, zone, mayRecord },
}: {
  page: Pick<Loaded, 'papers' | 'consents' | 'asset' | 'zone' | 'mayRecord'>
}) {
  const references = [...new Set(consents.map(({ reference }) => reference))]
  return (
    <>
      {papers.length > 0 && <PaperList papers={papers} zone={zone} withReference />}
      {mayRecord &&
        references.slice(0, 8).map((reference) => (
          <details key={reference} className="scope-more">
            <summary>Keep a signed paper of {reference}</summary>
            <PaperForm action="/rights/papers" fields={{ reference, asset: asset.id }} />
          </details>
        ))}
    </>
  )
}
type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

const counted = ({ total, exclusive }: { total: number; exclusive: number }): string =>
  `${total} ${total === 1 ? 'claim' : 'claims'}${exclusive > 0 ? `, ${exclusive} exclusive` : ''}`
