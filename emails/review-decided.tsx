import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['review-decided']

const words = {
  approved: { subject: 'Approved', sentence: 'was approved. It can be published now.', button: 'Open the asset' },
  'changes-asked': { subject: 'Changes asked', sentence: 'came back: the reviewer asks for changes.', button: 'Make the changes' },
  rejected: { subject: 'Rejected', sentence: 'was rejected and will not be published.', button: 'Open the asset' },
} as const

export const subject = ({ decision, assetTitle }: Props) => `${words[decision].subject}: “${assetTitle}”`

/** To the person who submitted the asset. */
export default function ReviewDecided({ name, houseName, assetTitle, decision, reason, url }: Props) {
  const { subject: heading, sentence, button } = words[decision]
  return (
    <Letter
      from={houseName}
      preview={reason ?? `“${assetTitle}” ${sentence}`}
      heading={`${heading}: “${assetTitle}”`}
      button={{ label: button, href: url }}
      why="You get this letter because you submitted this asset for review."
    >
      <Para>{hello(name)}</Para>
      <Para>
        “{assetTitle}” {sentence}
      </Para>
      {reason ? <Quote>{reason}</Quote> : null}
    </Letter>
  )
}
