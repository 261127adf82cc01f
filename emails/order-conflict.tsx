import { Letter } from './parts/letter.tsx'
import { Lines, Para } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['order-conflict']

export const subject = ({ orderNumber, language }: Props) => sayLetter(language)('conflict.subject', { order: orderNumber })

/** To a buyer whose rights were gone when the money came. */
export default function OrderConflict({ language, name, houseName, orderNumber, amount, lines, url }: Props) {
  const t = sayLetter(language)
  const told = { order: orderNumber, amount }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('conflict.preview', told)}
      heading={t('conflict.heading')}
      button={{ label: t('order.see'), href: url }}
      why={t('order.why', told)}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('conflict.text', told)}</Para>
      <Lines lines={lines.map((line) => ({ title: line.title, amount: line.price }))} />
      <Para>{t('conflict.later')}</Para>
    </Letter>
  )
}
