import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['discussion-comment']

export const subject = ({ kind, personName, assetTitle }: Props) =>
  kind === 'mention' ? `${personName} names you: “${assetTitle}”` : `${personName} answered: “${assetTitle}”`

/** To people of the house: somebody named them, or answered in a thread in which they take part. */
export default function DiscussionComment({ houseName, name, kind, personName, assetTitle, version, place, body, url }: Props) {
  const what = kind === 'mention' ? 'names you in what is said' : 'answered in a thread in which you take part,'
  return (
    <Letter
      from={houseName}
      preview={body.slice(0, 120)}
      heading={kind === 'mention' ? `You are named in “${assetTitle}”` : `An answer in “${assetTitle}”`}
      button={{ label: 'Open the comment', href: url }}
      why={
        kind === 'mention'
          ? 'You get this letter because somebody named you. In the thread you can choose to get no more letters about it.'
          : 'You get this letter because you take part in the thread. In it you can choose to get no more letters about it.'
      }
    >
      <Para>{hello(name)}</Para>
      <Para>
        {personName} {what} about “{assetTitle}”, version {version}
        {place ? ` (${place})` : ''}:
      </Para>
      <Quote>{body}</Quote>
    </Letter>
  )
}
