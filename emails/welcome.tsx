import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['welcome']

export const subject = ({ orgName, language }: Props) => sayLetter(language)('welcome.subject', { org: orgName })

/** To somebody who has just made an account. */
export default function Welcome({ name, orgName, url, language }: Props) {
  const t = sayLetter(language)
  return (
    <Letter
      from="Clearmark"
      language={language}
      preview={t('welcome.preview')}
      heading={t('welcome.heading')}
      button={{ label: t('welcome.button'), href: url }}
      why={t('welcome.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('welcome.text', { org: orgName })}</Para>
    </Letter>
  )
}
