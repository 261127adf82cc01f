import type { Money } from '#services/kernel/money.ts'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Amount } from './amount.tsx'

interface SumsProps {
  net: Money
  tax: Money
  total: Money
  taxLabel: string | null
  taxNote: string | null
}

/** What it costs: price, tax with the law's sentence, total. */
export function OrderSums({ net, tax, total, taxLabel, taxNote }: SumsProps) {
  return (
    <>
      <DescriptionList
        facts={[
          { term: 'Net', detail: <Amount of={net} /> },
          { term: taxLabel ?? 'VAT', detail: <Amount of={tax} /> },
          {
            term: 'Total',
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
