import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello, instant } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['invitation']

export const subject = ({ inviterName, houseName }: Props) => `${inviterName} invites you to ${houseName}`

/** To somebody who has been given a seat. */
export default function Invitation({ name, inviterName, orgName, houseName, url, expiresAt }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`Your seat at ${orgName} is ready.`}
      heading={`Join ${orgName}`}
      button={{ label: 'Accept the invitation', href: url }}
      why={`You get this letter because ${inviterName} entered your address. If you do not know why, do nothing: without you nothing happens.`}
    >
      <Para>{hello(name)}</Para>
      <Para>
        {inviterName} has made a seat for you at {orgName}. There you find released pictures, logos and their licences. Choose a name and a
        password, and you are in.
      </Para>
      <Para>The invitation is for you alone and holds until {instant(expiresAt)}.</Para>
    </Letter>
  )
}
