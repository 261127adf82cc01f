import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { day, hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['licence-granted']

export const subject = ({ assetTitle }: Props) => `You may use “${assetTitle}”`

/** To the members of an organisation that was given a licence without having asked. */
export default function LicenceGranted({ name, houseName, assetTitle, licenceNumber, until, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`Licence ${licenceNumber}.`}
      heading={`You may use “${assetTitle}”`}
      button={{ label: 'Open the licence', href: url }}
      why={`You get this letter because ${houseName} granted your organisation a licence.`}
    >
      <Para>{hello(name)}</Para>
      <Para>
        {houseName} has granted your organisation licence {licenceNumber} for “{assetTitle}”{until ? `, until ${day(until)}` : ''}. Its page
        says for which media and where, and has the file.
      </Para>
    </Letter>
  )
}
