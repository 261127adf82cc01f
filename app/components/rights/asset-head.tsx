import type { ReactNode } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import type { AssetRightsPage } from '#services/rights/asset-views.ts'

/** The picture, what may be done with it in plain words, and the ways on. */
export function AssetHead({
  page: { asset, verdict, zone, mayRecord },
  children,
}: {
  page: Pick<AssetRightsPage, 'asset' | 'verdict' | 'zone' | 'mayRecord'>
  children?: ReactNode
}) {
  return (
    <div className="rights-head">
      <AssetPicture assetId={asset.id} version={asset.version} alt={asset.altText} ratio="3 / 2" eager />
      <div className="stack">
        <PageHeader
          eyebrow="Rights"
          title={asset.title}
          actions={
            <>
              <ButtonLink to={`/clearance?asset=${asset.id}`} icon="shield">
                May I use it?
              </ButtonLink>
              <ButtonLink to={`/rights/assets/${asset.id}/as-of`} icon="history">
                As known then
              </ButtonLink>
              {mayRecord && (
                <ButtonLink to={`/rights/changes/new?asset=${asset.id}`} icon="edit">
                  Change upstream…
                </ButtonLink>
              )}
              <ButtonLink to={`/library/assets/${asset.id}`} tone="quiet">
                Open in the library
              </ButtonLink>
            </>
          }
        >
          What is held, what bars, what is taken. Days are those of {zone}.
        </PageHeader>
        <Notice tone={verdict.tone} title={verdict.title}>
          {verdict.words.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
        <Unanswered asset={asset} />
        {children}
      </div>
    </div>
  )
}

/** A question without an answer is never a yes: say so, and where to answer. */
function Unanswered({ asset }: Pick<AssetRightsPage, 'asset'>) {
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
