import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-ended']

const causes: Record<Props['why'], string> = {
  expired: 'has come to its end.',
  revoked: 'was revoked.',
  refunded: 'ended because it was refunded.',
  superseded: 'was replaced by another licence.',
}

export const subject = ({ title }: Props) => `Your right to use “${title}” has ended`

/** To the holder's members, when a right is over. */
export default function LicenceEnded({ name, houseName, title, licenceNumber, why, reason, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview="Please stop using the files."
      heading={`Your right to use “${title}” has ended`}
      button={{ label: 'Open the licence', href: url }}
      why="You get this letter because your organisation held this right."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {licenceNumber ? `Licence ${licenceNumber}` : 'Your right'} for “{title}” {causes[why]}
      </Para>
      {reason ? <Quote>{reason}</Quote> : null}
      <Para>
        {why === 'superseded'
          ? 'The new licence says what holds now.'
          : 'Downloads have stopped. Please take the files out of everything that is still published.'}
      </Para>
    </Letter>
  )
}
