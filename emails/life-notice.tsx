import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['life-notice']

/** The library's desk is English, and so are the letters about it. */
const words = {
  'not-published': {
    heading: (title: string) => `“${title}” was due and is not published`,
    text: 'Its time has come, and something stands against it. It stays planned, and is published as soon as that is put right:',
    button: 'Open its life',
  },
  'policy-waits': {
    heading: (title: string) => `The policy “${title}” waits for a second person`,
    text: 'It puts assets in the bin, so somebody other than its writer must agree. Look at what it would do first.',
    button: 'Look at it',
  },
  'policy-found': {
    heading: (title: string) => `The policy “${title}” found something`,
    text: 'Tonight its condition was met by assets that it had not told you about.',
    button: 'Look at them',
  },
} as const

export const subject = ({ kind, title }: Props) => words[kind].heading(title)

/** To the librarians: something in the lives of their assets wants a person. */
export default function LifeNotice({ name, houseName, kind, title, said, url }: Props) {
  const { heading, text, button } = words[kind]
  return (
    <Letter
      from={houseName}
      preview={text}
      heading={heading(title)}
      button={{ label: button, href: url }}
      why="You get this letter because you keep the library."
    >
      <Para>{hello(name)}</Para>
      <Para>{text}</Para>
      {said ? <Quote>{said}</Quote> : null}
    </Letter>
  )
}
