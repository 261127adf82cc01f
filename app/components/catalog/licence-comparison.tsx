import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { ExplainedModel } from '#services/licensing/store-views.ts'
import { formatMoney } from '#services/kernel/money.ts'
import { Table } from '../ui/table.tsx'

const count = (n: number | undefined, one: string) => (n === undefined ? 'No cap' : `Up to ${n.toLocaleString('en-GB')} ${one}`)

interface Row {
  question: string
  standing: (model: ExplainedModel) => ReactNode
  managed: ReactNode
}

const rows: readonly Row[] = [
  {
    question: 'Price',
    standing: ({ price }) => (price ? `${formatMoney(price)} for an ordinary picture` : ''),
    managed: 'By use, place, time and exclusivity',
  },
  {
    question: 'Advertising, web, social media, editorial',
    standing: ({ media }) => (['advertising', 'social', 'editorial'].every((code) => media.includes(code)) ? 'Included' : 'In part'),
    managed: 'What you state',
  },
  {
    question: 'Packaging',
    standing: ({ media }) => (media.includes('product') || media.includes('packaging') ? 'Included' : 'Not included'),
    managed: 'If you state it',
  },
  {
    question: 'Products whose value is the picture',
    standing: ({ media }) => (media.includes('product') ? 'Included' : 'Not included'),
    managed: 'If you state it',
  },
  {
    question: 'Training of AI models',
    standing: ({ media }) => (media.includes('ai') ? 'Included' : 'Not included'),
    managed: 'Only if you state it',
  },
  { question: 'Places', standing: () => 'Worldwide', managed: 'What you state' },
  { question: 'Time', standing: () => 'Without end', managed: 'From a day, for one month to ten years' },
  { question: 'Printed copies', standing: ({ limits }) => count(limits.printRun, 'copies'), managed: 'No cap' },
  { question: 'Viewers of a broadcast or stream', standing: ({ limits }) => count(limits.viewers, 'viewers'), managed: 'No cap' },
  {
    question: 'People who work with the file',
    standing: ({ limits }) => count(limits.seats, 'people'),
    managed: 'Whoever works on that use',
  },
  { question: 'Exclusive', standing: () => 'Never', managed: 'If you wish, in all industries or one' },
  {
    question: 'Terms',
    standing: ({ terms }) => terms && <Link to={`/terms/${terms.id}`}>{terms.title}</Link>,
    managed: null,
  },
]

/** The licences side by side, from the house's own price book. */
export function LicenceComparison({ models }: { models: readonly ExplainedModel[] }) {
  return (
    <Table
      caption="The licences side by side"
      hideCaption
      rows={rows}
      rowKey={({ question }) => question}
      columns={[
        { label: 'Question', head: true, cell: ({ question }) => question },
        ...models.map((model) => ({
          label: model.name,
          cell: (row: Row) => (model.model === 'RIGHTS_MANAGED' ? (row.managed ?? row.standing(model)) : row.standing(model)),
        })),
      ]}
    />
  )
}
