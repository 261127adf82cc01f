import { useTranslations } from 'use-intl'
import type { Money } from '#services/kernel/money.ts'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Amount } from './amount.tsx'

interface SumsProps {
  list: Money | null
  net: Money
  tax: Money
  total: Money
  taxLabel: string | null
  taxNote: string | null
}

/** What it costs: by the book, what lowered it, tax with the law's sentence, total. */
export function OrderSums({ list, net, tax, total, taxLabel, taxNote }: SumsProps) {
  const t = useTranslations('orders.sums')
  return (
    <>
      <DescriptionList
        facts={[
          ...(list
            ? [
                { term: t('list'), detail: <Amount of={list} /> },
                { term: t('off'), detail: <Amount of={{ ...net, minor: net.minor - list.minor }} /> },
              ]
            : []),
          { term: t('net'), detail: <Amount of={net} /> },
          { term: taxLabel ?? t('vat'), detail: <Amount of={tax} /> },
          {
            term: t('total'),
            detail: (
              <strong>
                <Amount of={total} />
              </strong>
            ),
          },
        ]}
      />
      {taxNote && <p className="muted small">{taxNote}</p>}
    </>
  )
}
