import { useTranslations } from 'use-intl'
import { ButtonAnchor, ButtonLink } from '../ui/button.tsx'
import { Cluster } from '../ui/layout.tsx'

/** What can be done with a layout file in a list: fetch it while it runs, and always license the picture. */
export function CompAct({
  licence: { id, standing, asset },
}: {
  licence: { id: string; standing: string; asset: { id: string; title: string } }
}) {
  const t = useTranslations('comps')
  return (
    <Cluster gap="sm" justify="end">
      {(standing === 'in-force' || standing === 'ending') && (
        <ButtonAnchor href={`/licences/${id}/download`} size="sm" icon="download" aria-label={`${t('download')}: ${asset.title}`}>
          {t('layout-file')}
        </ButtonAnchor>
      )}
      <ButtonLink to={`/assets/${asset.id}#licence`} size="sm" tone="primary" aria-label={`${t('license-now')}: ${asset.title}`}>
        {t('license-now')}
      </ButtonLink>
    </Cluster>
  )
}
