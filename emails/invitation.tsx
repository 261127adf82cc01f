import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, instant, sayLetter } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['invitation']

export const subject = ({ inviterName, houseName, language }: Props) =>
  sayLetter(language)('invitation.subject', { inviter: inviterName, house: houseName })

/** To somebody who has been given a seat. */
export default function Invitation({ name, inviterName, orgName, houseName, url, expiresAt, language }: Props) {
  const t = sayLetter(language)
  const told = { inviter: inviterName, org: orgName }
  return (
    <Letter
      from={houseName}
      language={language}
      preview={t('invitation.preview', told)}
      heading={t('invitation.heading', told)}
      button={{ label: t('invitation.button'), href: url }}
      why={t('invitation.why', told)}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{t('invitation.text', told)}</Para>
      <Para>{t('invitation.until', { instant: instant(expiresAt, language) })}</Para>
    </Letter>
  )
}
