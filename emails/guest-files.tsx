import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['guest-files']

const filesOf = (total: number): string => (total === 1 ? 'one file' : `${total} files`)

export const subject = ({ senderName, total, linkName }: Props) => `${senderName} sent ${filesOf(total)} for “${linkName}”`

/** To those who are told of a guest link: one letter for a visit, not one a file. */
export default function GuestFiles({ name, houseName, senderName, total, known, papers, linkName, declared, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`${filesOf(total)} from outside, waiting to be taken in.`}
      heading={`From outside: ${linkName}`}
      button={{ label: 'Look at them', href: url }}
      why="You get this letter because you are told of what comes through this guest link."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {senderName} has sent {filesOf(total)}
        {papers > 0 ? `, with ${papers === 1 ? 'a paper' : `${papers} papers`}` : ''}. They wait under “From outside” until somebody takes
        them in.
      </Para>
      {known > 0 ? (
        <Para>{known === total ? 'The library has all of them already.' : `The library has ${known} of them already.`}</Para>
      ) : null}
      {declared ? <Para>Declared, as the sender’s own word: {declared}.</Para> : null}
    </Letter>
  )
}
