import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, instant, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['password-reset']

export const subject = ({ language }: Props) => sayLetter(language)('reset.subject')

/** To somebody who forgot a password, or whose address somebody else typed in. */
export default function PasswordReset({ name, url, expiresAt, language }: Props) {
  const t = sayLetter(language)
  return (
    <Letter
      from="Clearmark"
      language={language}
      preview={t('reset.preview')}
      heading={t('reset.subject')}
      button={{ label: t('reset.subject'), href: url }}
      why={t('reset.why')}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('reset.text', { instant: instant(expiresAt, language) })}</Para>
    </Letter>
  )
}
