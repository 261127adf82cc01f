import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card, Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { takesFiles } from '#services/briefs/rules/brief-states.ts'
import type { BriefShown } from './brief-types.ts'

/** What was made for a brief: the house sees all of it, an asker what a reviewer has approved. */
export function Deliveries({ brief }: { brief: BriefShown }) {
  const t = useTranslations('briefs')
  const { deliveries, staff } = brief
  const open = takesFiles.includes(brief.state)
  const upload = brief.mayUpload && open && (
    <ButtonLink to={`/library/upload?brief=${brief.id}`} icon="upload" tone="primary" size="sm">
      {t('upload')}
    </ButtonLink>
  )
  return (
    <Panel title={t('made-for')} actions={upload}>
      <Stack>
        {deliveries.length === 0 && <p className="muted">{t('made-none')}</p>}
        <Columns least="12rem">
          {deliveries.map((asset) => (
            <Card
              key={asset.id}
              title={asset.withheld ? t('withheld') : asset.title}
              as="h3"
              {...(staff ? { to: `/library/assets/${asset.id}` } : {})}
              media={
                staff ? (
                  <AssetPicture assetId={asset.id} version={asset.version} alt={asset.altText} ratio="3 / 2" />
                ) : (
                  <Picture
                    src={asset.seen ? `/briefs/${brief.id}/previews/${asset.id}` : null}
                    alt={asset.altText}
                    tint={asset.seen ? (asset.version?.colour ?? null) : null}
                    ratio="3 / 2"
                  />
                )
              }
            >
              {!staff && !asset.seen && !asset.withheld && <p className="small muted">{t('being-reviewed')}</p>}
              {staff && asset.waitsOutside && (
                <p>
                  <Badge tone="warning">{t('from-outside')}</Badge>
                </p>
              )}
              {brief.mayUpload && open && (
                <Form method="post" action={`/briefs/${brief.id}/deliveries`}>
                  <input type="hidden" name="verb" value="remove" />
                  <input type="hidden" name="assets" value={asset.id} />
                  <SubmitButton tone="quiet" size="sm" aria-label={t('remove-title', { title: asset.title })}>
                    {t('remove')}
                  </SubmitButton>
                </Form>
              )}
            </Card>
          ))}
        </Columns>
        {brief.mayUpload && open && (
          <Form method="post" action={`/briefs/${brief.id}/deliveries`}>
            <Cluster>
              <input type="hidden" name="verb" value="add" />
              <TextField name="assets" label={t('add-known')} placeholder="/library/assets/ast_…" required />
              <SubmitButton tone="secondary">{t('add')}</SubmitButton>
            </Cluster>
          </Form>
        )}
      </Stack>
    </Panel>
  )
}

/** Pictures of the library that show what is meant. */
export function References({ brief }: { brief: BriefShown }) {
  return (
    <ul className="file-list">
      {brief.references.map((asset) => (
        <li key={asset.id}>
          <Link to={brief.staff ? `/library/assets/${asset.id}` : `/assets/${asset.id}`}>{asset.title}</Link>
        </li>
      ))}
    </ul>
  )
}
