import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['request-refused']

export const subject = ({ assetTitle }: Props) => `Not granted: “${assetTitle}”`

/** To the person who asked. */
export default function RequestRefused({ name, houseName, assetTitle, reason, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={reason ?? 'Your request was not granted.'}
      heading={`“${assetTitle}” could not be granted`}
      button={{ label: 'See the request', href: url }}
      why="You get this letter because you asked for this asset."
    >
      <Para>{hello(name)}</Para>
      <Para>
        Your request for “{assetTitle}” was not granted{reason ? ', for this reason:' : '.'}
      </Para>
      {reason ? <Quote>{reason}</Quote> : null}
      <Para>You can ask again for another medium, place or time, or for another picture.</Para>
    </Letter>
  )
}
