import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { day, hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['kit-granted']

export const subject = ({ kitTitle }: Props) => `The brand kit “${kitTitle}” is yours to use`

/** To the members of a partner that was given a brand kit. */
export default function KitGranted({ name, houseName, kitTitle, until, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview="Logos, pictures and the rules for them, as single files or all at once."
      heading={`“${kitTitle}” is yours to use`}
      button={{ label: 'Open the brand kit', href: url }}
      why={`You get this letter because ${houseName} granted your organisation this brand kit.`}
    >
      <Para>{hello(name)}</Para>
      <Para>
        {houseName} has granted your organisation the brand kit “{kitTitle}”{until ? `, until ${day(until)}` : ''}. Take single files in the
        size that you need, or the whole kit as one ZIP.
      </Para>
    </Letter>
  )
}
