import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['wait-answered']

export const subject = ({ assetTitle, outcome }: Props) => (outcome === 'free' ? `Free again: “${assetTitle}”` : `Gone: “${assetTitle}”`)

/** To whoever stood in line for rights that somebody was at the till with. */
export default function WaitAnswered({ name, houseName, assetTitle, scope, outcome, url }: Props) {
  const free = outcome === 'free'
  return (
    <Letter
      from={houseName}
      preview={free ? 'The use that you waited for can be licensed again.' : 'The use that you waited for can no longer be had.'}
      heading={free ? `“${assetTitle}” is free again for your use` : `“${assetTitle}” is gone for your use`}
      button={{ label: free ? 'License it now' : 'See what comes nearest', href: url }}
      why="You get this letter because you asked to be told. It is the only one about this wait."
    >
      <Para>{hello(name)}</Para>
      <Para>{free ? 'You waited for this use, and just now it can be had:' : 'You waited for this use, and it can no longer be had:'}</Para>
      <Quote>{scope}</Quote>
      <Para>
        {free
          ? 'It is not held for you: others may have waited too, and it goes to whoever pays first. The link opens it with your use filled in.'
          : 'Somebody else has it, or the rights have changed. The link shows what comes nearest: other places, another time, or without exclusivity.'}
      </Para>
    </Letter>
  )
}
