import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['refund-done']

export const subject = ({ amount, orderNumber, language }: Props) => sayLetter(language)('refund.subject', { amount, order: orderNumber })

/** To the buyer, when the provider says that the money is on its way. */
export default function RefundDone({ language, name, houseName, orderNumber, amount, reason, conflict, licencesEnd, url }: Props) {
  const t = sayLetter(language)
  const told = { order: orderNumber, amount }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('refund.preview', told)}
      heading={t('refund.heading', told)}
      button={{ label: t('order.see'), href: url }}
      why={t('order.why', told)}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('refund.text', told)}</Para>
      {reason ? <Quote>{reason}</Quote> : null}
      {conflict ? <Para>{t('refund.none')}</Para> : null}
      {licencesEnd ? <Para>{t('refund.ended')}</Para> : null}
    </Letter>
  )
}
