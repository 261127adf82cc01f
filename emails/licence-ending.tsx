import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { day, hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-ending']

const when = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`)

export const subject = ({ title, days }: Props) => `Your right to use “${title}” ends ${when(days)}`

/** To the holder's members, ahead of the end. */
export default function LicenceEnding({ name, houseName, title, licenceNumber, days, lastDay, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`The last day is ${day(lastDay)}.`}
      heading={`“${title}” may be used until ${day(lastDay)}`}
      button={{ label: 'Open the licence', href: url }}
      why="You get this letter because your organisation holds this right."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {licenceNumber ? `Licence ${licenceNumber}` : 'Your right'} for “{title}” ends {when(days)}: {day(lastDay)} is the last day. After
        it, downloads stop, and the files must no longer be published.
      </Para>
      <Para>
        {days === 0
          ? 'Please take it out of everything that runs on after today, or extend it today.'
          : 'If you want to go on using it, extend it in time; if not, plan its removal.'}
      </Para>
    </Letter>
  )
}
