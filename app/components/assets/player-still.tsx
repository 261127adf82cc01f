import type { ReactNode } from 'react'
import type { PlayerView } from '#services/assets/player-view.ts'
import { previewUrl } from '../catalog/preview.ts'
import { Picture } from '../ui/picture.tsx'

export interface AssetPlayerProps {
  version: PlayerView
  alt: string
  /** A logo may be cut out. */
  cutOut?: boolean
  /** The place in a film or a recording, as it plays. */
  onTime?: ((milliseconds: number) => void) | undefined
  /** The page that is looked at, from 1. */
  onPage?: ((page: number) => void) | undefined
  /** What lies over the picture: marks, for instance. */
  children?: ReactNode
}

/** Where a preview of the version lies. */
export const shownAt = ({ assetId, versionId }: PlayerView, preset: string): string => previewUrl(assetId, preset, versionId)

/** The picture that stands for a file. */
export function Still({ version, alt, cutOut, preset = 'page', children }: AssetPlayerProps & { preset?: string }) {
  const { width, height, colour } = version
  return (
    <div className="player-still">
      <Picture src={shownAt(version, preset)} alt={alt} width={width} height={height} tint={colour} fit="contain" cutOut={cutOut} eager />
      {children}
    </div>
  )
}
