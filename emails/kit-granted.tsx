import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, orNone, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['kit-granted']

export const subject = ({ kitTitle, language }: Props) => sayLetter(language)('kit.subject', { kit: kitTitle })

/** To the members of a partner that was given a brand kit. */
export default function KitGranted({ language, name, houseName, kitTitle, until, url }: Props) {
  const t = sayLetter(language)
  const told = { house: houseName, kit: kitTitle, until: orNone(until, language) }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('kit.preview')}
      heading={t('kit.heading', told)}
      button={{ label: t('kit.button'), href: url }}
      why={t('kit.why', told)}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('kit.text', told)}</Para>
    </Letter>
  )
}
