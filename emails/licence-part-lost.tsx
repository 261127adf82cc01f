import { Letter } from './parts/letter.tsx'
import { Lines, Para, Quote } from './parts/pieces.tsx'
import { day, hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-part-lost']

export const subject = ({ title, suspended, whole }: Props) =>
  suspended
    ? `Please pause your use of “${title}”`
    : whole
      ? `“${title}” may soon not be used any more`
      : `Less may be done with “${title}” from now on`

/** To the holder's members, when a part of what a licence rests on falls away. It never says whose paper that was. */
export default function LicencePartLost({ name, houseName, title, licenceNumber, suspended, whole, from, parts, said, url }: Props) {
  const since = from ? `from ${day(from)} on` : 'from now on'
  return (
    <Letter
      from={houseName}
      preview={suspended ? 'Downloads have stopped for the time being.' : `What can no longer be used, ${since}.`}
      heading={suspended ? `Licence ${licenceNumber} for “${title}” is suspended` : `What changes for “${title}”`}
      button={{ label: 'Open the licence', href: url }}
      why="You get this letter because your organisation holds this right."
    >
      <Para>{hello(name)}</Para>
      <Quote>{said}</Quote>
      <Para>
        {whole
          ? `This takes away everything that licence ${licenceNumber} still covers, ${since}:`
          : `This takes away a part of what licence ${licenceNumber} covers, ${since}; everything else stays as it is:`}
      </Para>
      <Lines lines={parts.map((part) => ({ title: part }))} />
      <Para>
        {suspended
          ? 'Until we write again, downloads are stopped. Please pause what runs now, and begin nothing new.'
          : 'Please plan to take the picture out of these uses in time. If that is hard for something that runs already, answer this letter: we will find a way with you.'}
      </Para>
    </Letter>
  )
}
