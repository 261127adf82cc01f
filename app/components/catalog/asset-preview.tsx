import type { assetPage } from '#services/catalog/asset-views.ts'
import { zoomEdge } from '#services/assets/rules/rendition-plan.ts'
import { AssetPlayer } from '../assets/asset-player.tsx'
import { Picture } from '../ui/picture.tsx'
import { previewUrl } from './preview.ts'
import { ZoomPicture } from './zoom-picture.tsx'

type Page = Pick<Awaited<ReturnType<typeof assetPage>>, 'asset' | 'version' | 'preview' | 'player'>

/** What one sees of an asset before one licenses it: it bears the mark. */
export function AssetPreview({ player, ...page }: Page) {
  // A picture that stands still is looked into closely; whatever else there is plays, turns its pages or lists what it holds.
  const still = player.form === 'PICTURE' && !player.motion
  return still ? <ClosePicture {...page} /> : <AssetPlayer key={player.versionId} version={player} alt={page.asset.altText} />
}

function ClosePicture({ asset, version, preview: { grid, page: large } }: Omit<Page, 'player'>) {
  const picture = (
    <Picture
      src={large && previewUrl(asset.id, 'page', version.id)}
      {...(large &&
        grid && {
          srcSet: `${previewUrl(asset.id, 'grid', version.id)} ${grid.width}w, ${previewUrl(asset.id, 'page', version.id)} ${large.width}w`,
        })}
      sizes="(min-width: 60rem) 62vw, 88vw"
      alt={asset.altText}
      width={large?.width ?? version.width}
      height={large?.height ?? version.height}
      tint={version.dominantColour}
      fit="contain"
      icon={asset.kind === 'DOCUMENT' ? 'document' : 'picture'}
      eager
    />
  )
  if (!large) return <figure className="asset-preview">{picture}</figure>
  const edge = Math.max(version.width ?? large.width, version.height ?? large.height)
  // The close look never has more pixels than the file, and is asked for only where it has more than the page's.
  const share = Math.min(1, zoomEdge / edge)
  const larger = edge * share > Math.max(large.width, large.height) * 1.05
  const size = larger
    ? { width: Math.round((version.width ?? large.width) * share), height: Math.round((version.height ?? large.height) * share) }
    : { width: large.width, height: large.height }
  const href = previewUrl(asset.id, 'page', version.id)
  return (
    <figure className="asset-preview">
      <ZoomPicture href={href} zoom={{ src: larger ? previewUrl(asset.id, 'zoom', version.id) : href, size }} alt={asset.altText}>
        {picture}
      </ZoomPicture>
    </figure>
  )
}
