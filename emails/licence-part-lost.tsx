import { dayInWords } from '#services/kernel/days.ts'
import { Letter } from './parts/letter.tsx'
import { Lines, Para, Quote } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-part-lost']

export const subject = ({ title, suspended, whole, language }: Props) =>
  sayLetter(language)('part-lost.subject', { title, fate: suspended ? 'suspended' : whole ? 'whole' : 'part' })

/** To the holder's members, when a part of what a licence rests on falls away. It never says whose paper that was. */
export default function LicencePartLost({
  language,
  name,
  houseName,
  title,
  licenceNumber,
  suspended,
  whole,
  from,
  parts,
  said,
  url,
}: Props) {
  const t = sayLetter(language)
  const since = from ? t('part-lost.since', { day: dayInWords(from, language) }) : t('part-lost.now')
  const told = { title, number: licenceNumber, since }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={suspended ? t('part-lost.suspended-preview') : t('part-lost.preview', told)}
      heading={suspended ? t('part-lost.suspended-heading', told) : t('part-lost.heading', told)}
      button={{ label: t('ending.button'), href: url }}
      why={t('ending.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Quote>{said}</Quote>
      <Para>{whole ? t('part-lost.whole', told) : t('part-lost.part', told)}</Para>
      <Lines lines={parts.map((part) => ({ title: part }))} />
      <Para>{suspended ? t('part-lost.suspended-then') : t('part-lost.then')}</Para>
    </Letter>
  )
}
