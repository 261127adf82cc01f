import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['review-requested']

export const subject = ({ assetTitle }: Props) => `To review: “${assetTitle}”`

/** To the people of a step that has begun. */
export default function ReviewRequested({ name, houseName, assetTitle, personName, step, due, note, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={note || `${personName} submitted it for review.`}
      heading={`“${assetTitle}” waits for your review`}
      button={{ label: 'Review it', href: url }}
      why="You get this letter because you review assets in this house."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {personName} has submitted “{assetTitle}”.{step === 'Review' ? '' : ` The step “${step}” is yours to decide.`}
        {due ? ` It is due on ${due}.` : ''}
      </Para>
      {note ? <Quote>{note}</Quote> : null}
    </Letter>
  )
}
