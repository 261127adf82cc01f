import { dayInWords } from '#services/kernel/days.ts'
import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-ending']

export const subject = ({ title, days, language }: Props) => sayLetter(language)('ending.subject', { title, days })

/** To the holder's members, ahead of the end. */
export default function LicenceEnding({ language, name, houseName, title, licenceNumber, days, lastDay, url }: Props) {
  const t = sayLetter(language)
  const told = { title, days, day: dayInWords(lastDay, language), number: licenceNumber ?? 'none' }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('ending.preview', told)}
      heading={t('ending.heading', told)}
      button={{ label: t('ending.button'), href: url }}
      why={t('ending.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('ending.text', told)}</Para>
      <Para>{t('ending.then', { days })}</Para>
    </Letter>
  )
}
