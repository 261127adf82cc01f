import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-ended']

export const subject = ({ title, language }: Props) => sayLetter(language)('ended.subject', { title })

/** To the holder's members, when a right is over. */
export default function LicenceEnded({ language, name, houseName, title, licenceNumber, why, reason, url }: Props) {
  const t = sayLetter(language)
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('ended.preview')}
      heading={t('ended.subject', { title })}
      button={{ label: t('ending.button'), href: url }}
      why={t('ended.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('ended.text', { title, number: licenceNumber ?? 'none', cause: why })}</Para>
      {reason ? <Quote>{reason}</Quote> : null}
      <Para>{t('ended.then', { cause: why })}</Para>
    </Letter>
  )
}
