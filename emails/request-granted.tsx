import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { day, hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['request-granted']

export const subject = ({ assetTitle }: Props) => `Granted: “${assetTitle}”`

/** To the person who asked. */
export default function RequestGranted({ name, houseName, assetTitle, licenceNumber, until, reason, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`Licence ${licenceNumber} is in force.`}
      heading={`You may use “${assetTitle}”`}
      button={{ label: 'Open the licence and download', href: url }}
      why="You get this letter because you asked for this asset."
    >
      <Para>{hello(name)}</Para>
      <Para>
        Your request was granted. Licence {licenceNumber} is in force{until ? ` until ${day(until)}` : ''}; its page says exactly for what.
      </Para>
      {reason ? <Quote>{reason}</Quote> : null}
    </Letter>
  )
}
