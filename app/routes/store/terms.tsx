import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { TermsText } from '#app/components/catalog/terms-text.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Hash } from '#app/components/ui/code.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { When } from '#app/components/ui/when.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { modelName } from '#services/licensing/rules/models.ts'
import { termsPage } from '#services/licensing/store-views.ts'

export const loader = async (args: LoaderFunctionArgs) => termsPage(await contextOf(args), args.params.templateId ?? '')

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'licence')
  return titled(data ? t('terms.version', { title: data.title, version: data.version }) : t('terms.title'))
}

export default function Terms() {
  const t = useTranslations('licence')
  const language = useLanguage()
  const { title, version, model, body, sha256, effectiveFrom, supersededBy } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/licensing', label: t('terms.trail') }]} />
      <PageHeader title={title} eyebrow={t('terms.eyebrow', { model: modelName(model, language), version })}>
        {t.rich('terms.since', { when: () => <When at={effectiveFrom} to="day" /> })}
      </PageHeader>
      {language !== 'en' && <p className="muted small">{t('terms.language')}</p>}
      {supersededBy && (
        <Notice tone="info" title={t('terms.later')}>
          <p>
            {t.rich('terms.later-what', {
              version: supersededBy.version,
              a: (words) => <Link to={`/terms/${supersededBy.id}`}>{words}</Link>,
            })}
          </p>
        </Notice>
      )}
      <TermsText body={body} />
      <p className="muted small terms-hash">
        {t('terms.hash')} <Hash value={sha256} />
      </p>
    </Page>
  )
}
