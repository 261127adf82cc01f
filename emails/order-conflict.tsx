import { Letter } from './parts/letter.tsx'
import { Lines, Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['order-conflict']

export const subject = ({ orderNumber }: Props) => `Rights no longer available: your money goes back, order ${orderNumber}`

/** To a buyer whose rights were gone when the money came. */
export default function OrderConflict({ name, houseName, orderNumber, amount, lines, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`${amount} goes back to your card. You need do nothing.`}
      heading="These rights were no longer available"
      button={{ label: 'See the order', href: url }}
      why={`You get this letter because you placed order ${orderNumber}.`}
    >
      <Para>{hello(name)}</Para>
      <Para>
        When your payment for order {orderNumber} arrived, somebody else had already been granted rights that exclude yours. We do not sell
        anything twice, so you have no licence for the following, and {amount} goes back to your card by itself. Please do not use the
        pictures for what you planned.
      </Para>
      <Lines lines={lines.map((line) => ({ title: line.title, amount: line.price }))} />
      <Para>On the order you see when the refund has left. We are sorry for the trouble.</Para>
    </Letter>
  )
}
