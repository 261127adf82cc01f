import { useTranslations } from 'use-intl'
import { AssetPlayer } from '#app/components/assets/asset-player.tsx'
import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { ButtonAnchor } from '#app/components/ui/button.tsx'
import { Cluster, VisuallyHidden } from '#app/components/ui/layout.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card } from '#app/components/ui/surfaces.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import type { KitPageFile } from '#services/delivery/views.ts'

/** One file of a kit: what it is, and each form in which it can be had now. */
export function KitFile({ kitId, file, eager }: { kitId: string; file: KitPageFile; eager?: boolean }) {
  const t = useTranslations('portal')
  const at = `/portal/kits/${kitId}/assets/${file.assetId}`
  return (
    <Card
      title={file.title}
      media={
        file.player ? (
          <AssetPlayer version={file.player} alt={file.altText || file.title} />
        ) : (
          <Picture
            src={file.refused ? null : `/previews/${file.assetId}/clean-grid`}
            alt={file.altText}
            ratio="4 / 3"
            {...(file.kind !== 'PHOTOGRAPH' && { fit: 'contain' })}
            cutOut={file.kind === 'LOGO'}
            tint={file.tint}
            {...(eager && { eager })}
          />
        )
      }
      {...(file.refused === null && { actions: <Downloads at={at} file={file} /> })}
    >
      <p className="small muted">{[typeWords(file.mediaType), dimensionWords(file, useLanguage())].filter(Boolean).join(' · ')}</p>
      {file.licence && <p className="small muted">{t('licence-no', { number: file.licence.number })}</p>}
      {file.refused !== null && <p className="small">{t(`refusals.${file.refused}.short`)}</p>}
    </Card>
  )
}

function Downloads({ at, file }: { at: string; file: KitPageFile }) {
  const t = useTranslations('portal')
  const language = useLanguage()
  const named = <VisuallyHidden> {t('of', { title: file.title })}</VisuallyHidden>
  return (
    <Cluster gap="sm">
      <ButtonAnchor href={`${at}/original`} icon="download" size="sm">
        {t('original')}
        {named} <span className="muted numeric">{sizeWords(file.size, language)}</span>
      </ButtonAnchor>
      {file.web && (
        <ButtonAnchor href={`${at}/web`} icon="download" size="sm" tone="quiet">
          {t('web')}
          {named} <span className="muted numeric">{`${file.web.width} × ${file.web.height}, ${sizeWords(file.web.size, language)}`}</span>
        </ButtonAnchor>
      )}
    </Cluster>
  )
}
