import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['brief-asked']

export const subject = ({ personName, orgName, briefTitle }: Props) => `${personName} (${orgName}) asks for “${briefTitle}”`

/** To the desk: somebody asks for an asset that does not exist yet. */
export default function BriefAsked({ name, houseName, personName, orgName, briefTitle, outcome, due, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={outcome}
      heading={`A brief: “${briefTitle}”`}
      button={{ label: 'Judge the brief', href: url }}
      why="You get this letter because you run the library of this house."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {personName} of {orgName} asks for something that does not exist yet{due ? `, by ${due}` : ''}:
      </Para>
      <Quote>{outcome}</Quote>
    </Letter>
  )
}
