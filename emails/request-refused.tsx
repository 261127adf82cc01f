import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['request-refused']

export const subject = ({ assetTitle, language }: Props) => sayLetter(language)('request.refused-subject', { title: assetTitle })

/** To the person who asked. */
export default function RequestRefused({ language, name, houseName, assetTitle, reason, url }: Props) {
  const t = sayLetter(language)
  const told = { title: assetTitle, reason: reason ? 'given' : 'none' }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={reason ?? t('request.refused-preview')}
      heading={t('request.refused-heading', told)}
      button={{ label: t('request.refused-button'), href: url }}
      why={t('request.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('request.refused-text', told)}</Para>
      {reason ? <Quote>{reason}</Quote> : null}
      <Para>{t('request.again')}</Para>
    </Letter>
  )
}
