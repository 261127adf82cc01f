import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, orNone, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-granted']

export const subject = ({ assetTitle, language }: Props) => sayLetter(language)('granted.subject', { title: assetTitle })

/** To the members of an organisation that was given a licence without having asked. */
export default function LicenceGranted({ language, name, houseName, assetTitle, licenceNumber, until, url }: Props) {
  const t = sayLetter(language)
  const told = { house: houseName, title: assetTitle, number: licenceNumber, until: orNone(until, language) }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('granted.preview', told)}
      heading={t('granted.subject', told)}
      button={{ label: t('ending.button'), href: url }}
      why={t('granted.why', told)}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('granted.text', told)}</Para>
    </Letter>
  )
}
