import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, instant } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['password-reset']

export const subject = () => 'Choose a new password'

/** To somebody who forgot a password, or whose address somebody else typed in. */
export default function PasswordReset({ name, url, expiresAt }: Props) {
  return (
    <Letter
      from="Clearmark"
      preview="A link that works once."
      heading="Choose a new password"
      button={{ label: 'Choose a new password', href: url }}
      why="You get this letter because somebody asked for a new password for this address. If it was not you, do nothing: your password stays as it is."
    >
      <Para>{hello(name)}</Para>
      <Para>
        With the button below you choose a new password. The link works once and holds until {instant(expiresAt)}. All your other sessions
        end when you use it.
      </Para>
    </Letter>
  )
}
