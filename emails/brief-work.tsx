import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['brief-work']

const headings: Record<Props['kind'], (title: string) => string> = {
  assigned: (title) => `For you to make: “${title}”`,
  'changes-asked': (title) => `Changes to “${title}”`,
  approved: (title) => `“${title}” is accepted`,
  cancelled: (title) => `“${title}” is cancelled`,
  note: (title) => `A word about “${title}”`,
  week: (title) => `“${title}” is due within a week`,
  tomorrow: (title) => `“${title}” is due tomorrow`,
  today: (title) => `“${title}” is due today`,
  late: (title) => `“${title}” is late`,
}
const says: Record<Props['kind'], (who: string) => string> = {
  assigned: (who) => `${who} has given you this brief. What you upload for it lies under it at once.`,
  'changes-asked': (who) => `${who} has looked at what was made and asks for changes:`,
  approved: (who) => `${who} has accepted what was made.`,
  cancelled: (who) => `${who} has cancelled the brief. Nothing more needs to be made.`,
  note: (who) => `${who} wrote:`,
  week: () => 'There is time left, but not much.',
  tomorrow: () => 'It should be delivered by tomorrow.',
  today: () => 'It should be delivered today.',
  late: () => 'Its day has passed and nothing has been delivered. Deliver it, or talk with the asker about another day.',
}

export const subject = ({ kind, briefTitle }: Props) => headings[kind](briefTitle)

/** To whoever makes what a brief asks for, or to the desk where that is somebody outside. */
export default function BriefWork({ name, houseName, kind, briefTitle, personName, due, words, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={headings[kind](briefTitle)}
      heading={headings[kind](briefTitle)}
      button={{ label: 'Open the brief', href: url }}
      why="You get this letter because you make, or look after, what this brief asks for."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {says[kind](personName)}
        {due ? ` It is due on ${due}.` : ''}
      </Para>
      {words ? <Quote>{words}</Quote> : null}
    </Letter>
  )
}
