import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['refund-done']

export const subject = ({ amount, orderNumber }: Props) => `Refund of ${amount}, order ${orderNumber}`

/** To the buyer, when the provider says that the money is on its way. */
export default function RefundDone({ name, houseName, orderNumber, amount, reason, conflict, licencesEnd, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`${amount} is on its way back to you.`}
      heading={`${amount} is on its way back`}
      button={{ label: 'See the order', href: url }}
      why={`You get this letter because you placed order ${orderNumber}.`}
    >
      <Para>{hello(name)}</Para>
      <Para>
        We have refunded {amount} of order {orderNumber}. Depending on your bank it is on your statement within five to ten days.
      </Para>
      {reason ? <Quote>{reason}</Quote> : null}
      {conflict ? <Para>No licence was issued for what is refunded.</Para> : null}
      {licencesEnd ? <Para>The licences that were paid with it have ended: please stop using these files.</Para> : null}
    </Letter>
  )
}
