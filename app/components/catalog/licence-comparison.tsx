import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ExplainedModel } from '#services/licensing/store-views.ts'
import { formatNumber } from '#services/kernel/language.ts'
import { formatMoney } from '#services/kernel/money.ts'
import { modelName } from '#services/licensing/rules/models.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { Link } from '../ui/link.tsx'
import { Table } from '../ui/table.tsx'

interface Row {
  question: string
  standing: (model: ExplainedModel) => ReactNode
  managed: ReactNode
}

/** The questions that a buyer asks of a licence, with the answer of each model from the house's own book. */
function useRows(): Row[] {
  const t = useTranslations('licence')
  const language = useLanguage()
  const cap = (n: number | undefined) => (n === undefined ? t('compare.no-cap') : t('compare.up-to', { count: formatNumber(n, language) }))
  const included = (yes: boolean) => t(yes ? 'compare.included' : 'compare.not-included')
  return [
    {
      question: t('compare.price'),
      standing: ({ price }) => (price ? t('compare.ordinary', { price: formatMoney(price, language) }) : ''),
      managed: t('compare.by-use'),
    },
    {
      question: t('compare.common'),
      standing: ({ media }) =>
        t(['advertising', 'social', 'editorial'].every((code) => media.includes(code)) ? 'compare.included' : 'compare.in-part'),
      managed: t('compare.stated'),
    },
    {
      question: t('compare.packaging'),
      standing: ({ media }) => included(media.includes('product') || media.includes('packaging')),
      managed: t('compare.if-stated'),
    },
    { question: t('compare.products'), standing: ({ media }) => included(media.includes('product')), managed: t('compare.if-stated') },
    { question: t('compare.ai'), standing: ({ media }) => included(media.includes('ai')), managed: t('compare.only-stated') },
    { question: t('compare.places'), standing: () => t('compare.world'), managed: t('compare.stated') },
    { question: t('compare.time'), standing: () => t('compare.endless'), managed: t('compare.from-day') },
    { question: t('compare.copies'), standing: ({ limits }) => cap(limits.printRun), managed: t('compare.cap-asked') },
    { question: t('compare.viewers'), standing: ({ limits }) => cap(limits.viewers), managed: t('compare.no-cap') },
    { question: t('compare.seats'), standing: ({ limits }) => cap(limits.seats), managed: t('compare.whoever') },
    { question: t('compare.exclusive'), standing: () => t('compare.never'), managed: t('compare.if-wished') },
    {
      question: t('compare.terms'),
      standing: ({ terms }) => terms && <Link to={`/terms/${terms.id}`}>{terms.title}</Link>,
      managed: null,
    },
  ]
}

/** The licences side by side, from the house's own price book. */
export function LicenceComparison({ models }: { models: readonly ExplainedModel[] }) {
  const t = useTranslations('licence')
  const language = useLanguage()
  return (
    <Table
      caption={t('compare.caption')}
      hideCaption
      rows={useRows()}
      rowKey={({ question }) => question}
      columns={[
        { label: t('compare.question'), head: true, cell: ({ question }) => question },
        ...models.map((model) => ({
          label: modelName(model.model, language),
          cell: (row: Row) => (model.model === 'RIGHTS_MANAGED' ? (row.managed ?? row.standing(model)) : row.standing(model)),
        })),
      ]}
    />
  )
}
