import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello, orNone, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['request-granted']

export const subject = ({ assetTitle, language }: Props) => sayLetter(language)('request.granted-subject', { title: assetTitle })

/** To the person who asked. */
export default function RequestGranted({ language, name, houseName, assetTitle, licenceNumber, until, reason, url }: Props) {
  const t = sayLetter(language)
  const told = { title: assetTitle, number: licenceNumber, until: orNone(until, language) }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('request.granted-preview', told)}
      heading={t('granted.subject', told)}
      button={{ label: t('request.granted-button'), href: url }}
      why={t('request.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('request.granted-text', told)}</Para>
      {reason ? <Quote>{reason}</Quote> : null}
    </Letter>
  )
}
