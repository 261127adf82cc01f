import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { titled } from '#app/components/shell/title.ts'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { refusalPage } from '#services/delivery/views.ts'

/** A refused download: the reason, what it was about, and where to go on. The status says that nothing was given. */
export async function loader(args: LoaderFunctionArgs) {
  return data(await refusalPage(await personOf(args), args.params.deliveryId ?? ''), {
    status: 403,
    headers: { 'Cache-Control': 'no-store' },
  })
}

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'portal')
  return titled(t('not-delivered'))
}

type Refused = ReturnType<typeof useLoaderData<typeof loader>>

/** The ways on, the most likely one first. */
function WaysOn({ refused: { reason, licence, kit, asset } }: { refused: Refused }) {
  const t = useTranslations('portal')
  const public_ = asset?.state === 'PUBLISHED' && asset.audience === 'STORE'
  return (
    <Cluster>
      {reason === 'rendition-not-included' && licence && (
        <ButtonAnchor tone="primary" icon="download" href={`/licences/${licence.id}/download?rendition=web`}>
          {t('web-size-download')}
        </ButtonAnchor>
      )}
      {asset && ['ended', 'kit-ended', 'no-right', 'revoked'].includes(reason) && (
        <ButtonLink tone="primary" to={public_ ? `/assets/${asset.id}` : `/requests/new?asset=${asset.id}`}>
          {public_ ? t('what-licensed') : t('ask-for-it')}
        </ButtonLink>
      )}
      {licence && <ButtonLink to={`/licences/${licence.id}`}>{t('see-licence')}</ButtonLink>}
      {kit && <ButtonLink to={`/portal/kits/${kit.id}`}>{t('back-to', { title: kit.title })}</ButtonLink>}
      {!licence && !kit && <ButtonLink to="/licences">{t('your-licences')}</ButtonLink>}
    </Cluster>
  )
}

export default function Refusal() {
  const t = useTranslations('portal')
  const refused = useLoaderData<typeof loader>()
  const { asset, licence, kit, zone } = refused
  return (
    <Page width="narrow">
      <PageHeader eyebrow={t('not-delivered')} title={t(`refusals.${refused.reason}.title`)}>
        {t(`refusals.${refused.reason}.body`)}
      </PageHeader>
      <Stack gap="lg">
        <WaysOn refused={refused} />
        <DescriptionList
          facts={[
            { term: t('file'), detail: asset?.title },
            { term: t('form'), detail: refused.rendition === 'web' ? t('web-size') : t('original') },
            { term: t('brand-kit'), detail: kit?.title },
            { term: t('licence'), detail: licence?.number },
            {
              term: t('in-force'),
              detail: licence && (
                <>
                  <When at={licence.startsAt} to="day" zone={zone} /> –{' '}
                  {licence.endsAt ? <When at={licence.endsAt} to="day" zone={zone} endOfSpan /> : t('no-end')}
                </>
              ),
            },
            { term: t('reason-given'), detail: licence?.endReason ?? kit?.endReason },
            { term: t('asked'), detail: <When at={refused.at} zone={zone} /> },
            { term: t('reference'), detail: <CopyText value={refused.id} /> },
          ]}
        />
        <p className="small muted">{t('registered')}</p>
      </Stack>
    </Page>
  )
}
