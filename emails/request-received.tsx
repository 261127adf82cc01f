import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['request-received']

export const subject = ({ personName, orgName, assetTitle }: Props) => `${personName} (${orgName}) asks for “${assetTitle}”`

/** To those who decide about rights. */
export default function RequestReceived({ name, houseName, personName, orgName, assetTitle, purpose, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={purpose || 'A request waits for your decision.'}
      heading={`A request for “${assetTitle}”`}
      button={{ label: 'Decide on the request', href: url }}
      why="You get this letter because you decide about rights in this house."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {personName} of {orgName} asks to use “{assetTitle}”:
      </Para>
      {purpose ? <Quote>{purpose}</Quote> : null}
      <Para>The page of the request shows the wished media, places and time, and whether the rights are free.</Para>
    </Letter>
  )
}
