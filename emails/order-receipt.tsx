import { Letter } from './parts/letter.tsx'
import { Lines, Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['order-receipt']

export const subject = ({ orderNumber, lines }: Props) =>
  lines.length === 1 ? `Your licence, order ${orderNumber}` : `Your ${lines.length} licences, order ${orderNumber}`

/** To the buyer, when the money is there and the licences are in force. */
export default function OrderReceipt({ name, houseName, orderNumber, lines, net, tax, total, invoiceUrl, url }: Props) {
  const sums = [
    ...(tax
      ? [
          { title: 'Net', amount: net },
          { title: 'Tax', amount: tax },
        ]
      : []),
    { title: 'Paid', amount: total },
  ]
  return (
    <Letter
      from={houseName}
      preview={`Paid: ${total}. The clean files are waiting for you.`}
      heading="Thank you. Your licences are in force."
      button={{ label: 'Open the order and download', href: url }}
      why={`You get this letter because you placed order ${orderNumber}.`}
    >
      <Para>{hello(name)}</Para>
      <Para>
        We have received {total} for order {orderNumber}. Each licence has its own page, with the clean file and the certificate:
      </Para>
      <Lines
        lines={lines.map((line) => ({
          title: line.title,
          amount: line.price,
          href: line.licenceUrl,
          detail: [line.licenceNumber, line.summary].filter(Boolean).join(' · '),
        }))}
      />
      <Lines lines={[...sums, ...(invoiceUrl ? [{ title: 'Invoice (PDF)', href: invoiceUrl }] : [])]} />
    </Letter>
  )
}
