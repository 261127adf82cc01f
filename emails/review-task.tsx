import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['review-task']

const subjects: Record<Props['kind'], (props: Props) => string> = {
  due: ({ assetTitle, due }) => `Due ${due ? `on ${due}` : 'soon'}: “${assetTitle}”`,
  escalated: ({ assetTitle }) => `Overdue, and now with you: “${assetTitle}”`,
  unattended: ({ assetTitle }) => `Overdue, and with nobody: “${assetTitle}”`,
  freed: ({ assetTitle }) => `Now with you: “${assetTitle}”`,
  stranded: ({ assetTitle }) => `Nobody can decide “${assetTitle}” any more`,
  'handed-on': ({ assetTitle }) => `Handed to you: “${assetTitle}”`,
  consulted: ({ assetTitle, personName }) => `${personName ?? 'A colleague'} asks you about “${assetTitle}”`,
  answered: ({ assetTitle, personName }) => `${personName ?? 'A colleague'} answers about “${assetTitle}”`,
}

const sentences: Record<Props['kind'], (props: Props) => string> = {
  due: ({ step, due }) => `The step “${step}” still waits for your word. It is due on ${due ?? 'a day to come'}.`,
  escalated: ({ step, due, personName }) =>
    `The step “${step}” was due on ${due ?? 'a day that has passed'}${personName ? ` and waits for ${personName}` : ''}. You may take it over, or hand it to somebody else.`,
  unattended: ({ step, due, personName }) =>
    `The step “${step}” was due on ${due ?? 'a day that has passed'}${personName ? ` and waits for ${personName}` : ''}. Everybody to whom it should go then has left. You may hand it to somebody else.`,
  freed: ({ step, due }) =>
    `Whose step “${step}” it was has left, or may no longer decide it. It waits for you and those beside you now.${due ? ` It is due on ${due}.` : ''}`,
  stranded: ({ step }) =>
    `The step “${step}” waits, and nobody in the house can decide it now. Hand it to somebody, or give somebody the role that it asks for.`,
  'handed-on': ({ step, due, personName }) =>
    `${personName ?? 'A colleague'} has handed the step “${step}” to you.${due ? ` It is due on ${due}.` : ''}`,
  consulted: ({ step, personName }) => `${personName ?? 'A colleague'} decides the step “${step}” and would like to know what you think:`,
  answered: ({ step, personName }) => `${personName ?? 'A colleague'} has answered your question in the step “${step}”:`,
}

export const subject = (props: Props) => subjects[props.kind](props)

/** Something of a review waits for one person: a date, a step, a question, an answer. */
export default function ReviewTask(props: Props) {
  const { name, houseName, kind, assetTitle, words, url } = props
  return (
    <Letter
      from={houseName}
      preview={words || sentences[kind](props)}
      heading={`“${assetTitle}”`}
      button={{ label: kind === 'consulted' ? 'Answer' : 'Open the review', href: url }}
      why={
        kind === 'stranded' || kind === 'unattended'
          ? 'You get this letter because you keep the library of this house.'
          : 'You get this letter because you review assets in this house.'
      }
    >
      <Para>{hello(name)}</Para>
      <Para>{sentences[kind](props)}</Para>
      {words ? <Quote>{words}</Quote> : null}
    </Letter>
  )
}
