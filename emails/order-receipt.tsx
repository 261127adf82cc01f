import { Letter } from './parts/letter.tsx'
import { Lines, Para } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['order-receipt']

export const subject = ({ orderNumber, lines, language }: Props) =>
  sayLetter(language)('receipt.subject', { count: lines.length, order: orderNumber })

/** To the buyer, when the money is there and the licences are in force. */
export default function OrderReceipt({ language, name, houseName, orderNumber, lines, net, tax, total, invoiceUrl, url }: Props) {
  const t = sayLetter(language)
  const told = { order: orderNumber, total }
  const sums = [
    ...(tax
      ? [
          { title: t('receipt.net'), amount: net },
          { title: t('receipt.tax'), amount: tax },
        ]
      : []),
    { title: t('receipt.paid'), amount: total },
  ]
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('receipt.preview', told)}
      heading={t('receipt.heading')}
      button={{ label: t('receipt.button'), href: url }}
      why={t('order.why', told)}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('receipt.text', told)}</Para>
      <Lines
        lines={lines.map((line) => ({
          title: line.title,
          amount: line.price,
          href: line.licenceUrl,
          detail: [line.licenceNumber, line.summary].filter(Boolean).join(' · '),
        }))}
      />
      <Lines lines={[...sums, ...(invoiceUrl ? [{ title: t('receipt.invoice'), href: invoiceUrl }] : [])]} />
    </Letter>
  )
}
