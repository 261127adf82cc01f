import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { LicenceComparison } from '#app/components/catalog/licence-comparison.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { currencyOf } from '#app/http/currency.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { formatMoney } from '#services/kernel/money.ts'
import { packPrices } from '#services/licensing/pack-views.ts'
import { licencesExplained } from '#services/licensing/store-views.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'licence')
  return titled(t('about.title'), t('about.description'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const currency = await currencyOf(args.request, ctx)
  const [models, priced] = await Promise.all([licencesExplained(ctx, currency), packPrices(ctx, currency)])
  const named = priced.map(({ pack, total }) => ({
    id: pack.id,
    name: ctx.language === 'de' ? pack.nameDe : pack.nameEn,
    price: formatMoney(total, ctx.language),
  }))
  return { models, examples: named }
}

const asked = ['receive', 'covered', 'wider', 'end', 'credit', 'people', 'ai'] as const

export default function Licensing() {
  const t = useTranslations('licence')
  const { models, examples } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title={t('about.title')}>{t('about.lede')}</PageHeader>
      <Stack gap="xl">
        <div className="licence-kinds">
          <section>
            <h2>{t('about.rf')}</h2>
            <p>{t('about.rf-what')}</p>
            <p>{t('about.rf-kinds')}</p>
          </section>
          <section>
            <h2>{t('about.rm')}</h2>
            <p>{t('about.rm-what')}</p>
            <p>{t('about.rm-alone')}</p>
          </section>
        </div>
        {models ? (
          <LicenceComparison models={models} />
        ) : (
          <Notice tone="info" title={t('about.no-prices')}>
            <p>{t('about.no-prices-why')}</p>
          </Notice>
        )}
        {examples.length > 0 && (
          <section className="stack" data-gap="sm">
            <h2>{t('about.examples')}</h2>
            <p>{t('about.examples-why')}</p>
            <Table
              caption={t('about.examples')}
              hideCaption
              rows={examples}
              rowKey={({ id }) => id}
              columns={[
                { label: t('about.use'), head: true, cell: ({ name }) => name },
                { label: t('about.price'), align: 'end', cell: ({ price }) => <span className="numeric nowrap">{price}</span> },
              ]}
            />
          </section>
        )}
        <section className="prose">
          <h2>{t('about.faq')}</h2>
          {asked.map((question) => (
            <details key={question} className="faq">
              <summary>{t(`faq.${question}`)}</summary>
              <p>
                {question === 'receive'
                  ? t.rich('faq.receive-answer', { a: (words) => <Link to="/verify">{words}</Link> })
                  : t(`faq.${question}-answer`)}
              </p>
            </details>
          ))}
        </section>
        <div className="cluster">
          <ButtonLink to="/search" tone="primary">
            {t('about.find')}
          </ButtonLink>
          <ButtonLink to="/verify" icon="shield">
            {t('about.verify')}
          </ButtonLink>
        </div>
      </Stack>
    </Page>
  )
}
