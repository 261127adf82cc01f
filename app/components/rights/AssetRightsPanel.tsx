import { ButtonLink } from '#app/components/ui/button.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'

/** The way from an asset to what is held, barred and taken of it. */
export function AssetRightsPanel({ assetId }: { assetId: string }) {
  return (
    <Panel title="Rights">
      <p className="muted">Contracts, releases and restrictions are kept at the rights desk.</p>
      <p>
        <ButtonLink to={`/rights/assets/${assetId}`} size="sm" icon="shield">
          Open the rights
        </ButtonLink>
      </p>
    </Panel>
  )
}
