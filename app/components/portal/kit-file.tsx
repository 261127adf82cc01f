import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { ButtonAnchor } from '#app/components/ui/button.tsx'
import { Cluster, VisuallyHidden } from '#app/components/ui/layout.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card } from '#app/components/ui/surfaces.tsx'
import type { KitPageFile } from '#services/delivery/views.ts'
import { refusalWords } from './refusal-words.ts'

/** One file of a kit: what it is, and each form in which it can be had now. */
export function KitFile({ kitId, file, eager }: { kitId: string; file: KitPageFile; eager?: boolean }) {
  const at = `/portal/kits/${kitId}/assets/${file.assetId}`
  return (
    <Card
      title={file.title}
      media={
        <Picture
          src={file.refused ? null : `/previews/${file.assetId}/clean-grid`}
          alt={file.altText}
          ratio="4 / 3"
          fit={file.kind === 'PHOTOGRAPH' ? 'cover' : 'contain'}
          tint={file.tint}
          {...(eager && { eager })}
        />
      }
      {...(file.refused === null && { actions: <Downloads at={at} file={file} /> })}
    >
      <p className="small muted">{[typeWords(file.mediaType), dimensionWords(file)].filter(Boolean).join(' · ')}</p>
      {file.licence && <p className="small muted">Licence {file.licence.number}</p>}
      {file.refused !== null && <p className="small">{refusalWords[file.refused].short}</p>}
    </Card>
  )
}

function Downloads({ at, file }: { at: string; file: KitPageFile }) {
  const named = <VisuallyHidden> of {file.title}</VisuallyHidden>
  return (
    <Cluster gap="sm">
      <ButtonAnchor href={`${at}/original`} icon="download" size="sm">
        Original{named} <span className="muted numeric">{sizeWords(file.size)}</span>
      </ButtonAnchor>
      {file.web && (
        <ButtonAnchor href={`${at}/web`} icon="download" size="sm" tone="quiet">
          Web{named} <span className="muted numeric">{`${file.web.width} × ${file.web.height}, ${sizeWords(file.web.size)}`}</span>
        </ButtonAnchor>
      )}
    </Cluster>
  )
}
