import { useRouteLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { Actor } from '#services/kernel/actor.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

/**
 * The layout file of a picture: one press takes the licence and the bytes come. Guests are asked to sign in and come back.
 * A form of its own that the browser sends itself, since bytes answer it: it stands outside other forms.
 */
export function DownloadComp({ assetId }: { assetId: string }) {
  const t = useTranslations('comps')
  const shell = useRouteLoaderData('root') as { actor?: Actor } | undefined
  if (shell?.actor?.kind !== 'person')
    return (
      <ButtonLink to={`/comps/${assetId}`} tone="quiet" size="sm" icon="download">
        {t('layout-file')}
      </ButtonLink>
    )
  return (
    <form method="post" action={`/comps/${assetId}`} className="comp-form">
      <button type="submit" className="button" data-tone="quiet" data-size="sm" name="then" value="file">
        <Icon name="download" />
        <span className="button-label">{t('layout-file')}</span>
      </button>
    </form>
  )
}
