import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['welcome']

export const subject = ({ orgName }: Props) => `Your account for ${orgName} is ready`

/** To somebody who has just made an account. */
export default function Welcome({ name, orgName, url }: Props) {
  return (
    <Letter
      from="Clearmark"
      preview="Search, choose your use, pay, download."
      heading="Welcome"
      button={{ label: 'Find a picture', href: url }}
      why="You get this letter because an account was made with this address."
    >
      <Para>{hello(name)}</Para>
      <Para>
        Your account for {orgName} is ready. Choose a picture, say what it is for, and you see at once whether it can be had and what it
        costs. After paying, the clean file, the licence and the invoice are in your account.
      </Para>
    </Letter>
  )
}
