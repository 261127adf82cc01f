import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { EvidencePanel, ScopePanel } from '#app/components/licensing/licence-facts.tsx'
import { LicenceHistory } from '#app/components/licensing/licence-history.tsx'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { CompNotice } from '#app/components/comps/comp-notice.tsx'
import { StandingNotice } from '#app/components/licensing/standing-notice.tsx'
import { Term, useLeftWords } from '#app/components/licensing/term.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { wayToWiden } from '#app/http/widening.server.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { hasScreenSize } from '#services/assets/rules/rendition-plan.ts'
import type { Standing } from '#services/licensing/rules/in-force.ts'
import { licencePage } from '#services/licensing/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'licences')
  return titled(data ? t('licence-no', { number: data.number }) : t('licence'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const licence = await licencePage(ctx, args.params.licenceId ?? '')
  return { ...licence, widen: runs(licence.standing) ? await wayToWiden(ctx, licence) : null }
}

const runs = (standing: Standing): boolean => standing === 'in-force' || standing === 'ending'

export default function Licence() {
  const t = useTranslations('licences')
  const leftWords = useLeftWords()
  const licence = useLoaderData<typeof loader>()
  const { asset, paper, standing } = licence
  const language = useLanguage()
  const inForce = runs(standing)
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/licences', label: t('licences') }]} />
      <PageHeader
        eyebrow={
          <Cluster gap="sm">
            <StandingStatus standing={standing} />
            {licence.exclusive && <Badge tone="info">{t('exclusive')}</Badge>}
          </Cluster>
        }
        title={asset.title}
        actions={
          <>
            {inForce && (
              <ButtonAnchor href={`/licences/${licence.id}/download`} tone={licence.comp ? 'secondary' : 'primary'} icon="download">
                {t('download-file')}
              </ButtonAnchor>
            )}
            {licence.widen && <ButtonLink to={licence.widen}>{t('widen')}</ButtonLink>}
            <ButtonAnchor href={`/licences/${licence.id}/certificate`} icon="document">
              {t('certificate')}
            </ButtonAnchor>
            <ButtonAnchor href={`/licences/${licence.id}/odrl`} icon="download" tone="quiet">
              ODRL
            </ButtonAnchor>
          </>
        }
      >
        {licence.modelName}, {licence.summary}
      </PageHeader>
      <Split>
        <Stack gap="lg">
          {licence.comp ? <CompNotice licence={licence} inForce={inForce} /> : <StandingNotice licence={licence} />}
          <Picture
            src={`/previews/${asset.id}/${inForce && !licence.comp ? 'clean-grid' : 'grid'}`}
            alt={asset.altText || asset.title}
            width={paper?.width ?? null}
            height={paper?.height ?? null}
            tint={asset.dominantColour}
            fit="contain"
            eager
          />
          <ScopePanel scope={licence.scope} />
        </Stack>
        <Stack gap="lg">
          <Panel title={t('licence')}>
            <Stack>
              <DescriptionList
                facts={[
                  { term: t('number'), detail: <CopyText value={licence.number} /> },
                  { term: t('term'), detail: <Term startsAt={licence.startsAt} endsAt={licence.endsAt} zone={licence.zone} /> },
                  { term: t('left-title'), detail: inForce ? leftWords(licence.daysLeft) : null },
                  { term: t('issued'), detail: licence.issuedAt && <When at={licence.issuedAt} /> },
                  { term: t('order'), detail: licence.order && <Link to={`/orders/${licence.order.id}`}>{licence.order.number}</Link> },
                  {
                    term: t('invoice'),
                    detail: licence.invoice && <a href={`/invoices/${licence.invoice.id}`}>{licence.invoice.number}</a>,
                  },
                  {
                    term: t('request'),
                    detail: licence.requestId && <Link to={`/requests/${licence.requestId}`}>{t('request-for')}</Link>,
                  },
                ]}
              />
              {inForce && !licence.comp && paper && hasScreenSize(paper.mediaType) && (
                <ButtonAnchor href={`/licences/${licence.id}/download?rendition=web`} icon="download" wide>
                  {t('web-file')}
                </ButtonAnchor>
              )}
              {!inForce && !licence.comp && <ButtonLink to={`/assets/${asset.id}`}>{t('anew')}</ButtonLink>}
            </Stack>
          </Panel>
          {language !== 'en' && (
            <Notice tone="neutral" title={t('binding')}>
              <p>{t('binding-text')}</p>
            </Notice>
          )}
          <EvidencePanel licence={licence} />
          <Panel title={t('history-title')}>
            <LicenceHistory events={licence.history} />
          </Panel>
        </Stack>
      </Split>
    </Page>
  )
}
