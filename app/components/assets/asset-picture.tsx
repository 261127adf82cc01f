import { Picture } from '#app/components/ui/picture.tsx'
import { previewOf } from './file-words.ts'

interface Shown {
  id: string
  processing: 'WAITING' | 'READY' | 'REJECTED'
  width: number | null
  height: number | null
  colour: string | null
}

/** A version's preview, or an honest sign that there is none (yet). */
export function AssetPicture({
  assetId,
  version,
  kind,
  alt,
  ratio,
  preset = 'clean-grid',
  eager,
}: {
  assetId: string
  version: Shown | null
  /** Of the asset: a logo may be cut out. */
  kind?: string
  alt: string
  ratio?: string
  preset?: 'clean-grid' | 'page'
  eager?: boolean
}) {
  const ready = version?.processing === 'READY'
  return (
    <Picture
      src={ready ? previewOf(assetId, preset, version.id) : null}
      alt={ready ? alt : version?.processing === 'REJECTED' ? 'The file could not be read' : 'The preview is being made'}
      width={version?.width ?? null}
      height={version?.height ?? null}
      tint={version?.colour ?? null}
      fit="contain"
      cutOut={kind === 'LOGO'}
      icon={version?.processing === 'REJECTED' ? 'warning' : 'clock'}
      {...(ratio && { ratio })}
      {...(eager && { eager })}
    />
  )
}
