import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['review-stand-in']

export const subject = ({ personName, from }: Props) => `You stand in for ${personName} from ${from}`

/** To who stands in while a colleague is away. */
export default function ReviewStandIn({ name, houseName, personName, from, until, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`From ${from} until ${until}.`}
      heading={`You stand in for ${personName}`}
      button={{ label: 'See what waits', href: url }}
      why="You get this letter because a colleague has named you to stand in."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {personName} is away from {from} until {until}. What waits for {personName} in review is among yours on these days, as far as you
        may decide it yourself.
      </Para>
    </Letter>
  )
}
