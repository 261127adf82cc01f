import { Letter } from './parts/letter.tsx'
import { Lines, Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['desk-week']

const many = (n: number, one: string, more: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`

export const subject = ({ critical, total }: Props) =>
  critical > 0
    ? `This week: ${many(critical, 'critical line', 'critical lines')} on the worklist`
    : `This week: ${many(total, 'line', 'lines')} on the worklist`

/** To the rights managers, on Monday mornings. */
export default function DeskWeek({ name, houseName, total, critical, serious, mine, lines, url }: Props) {
  return (
    <Letter
      from={houseName}
      preview={`${critical} critical, ${serious} serious, ${total} in all.`}
      heading="The rights desk this week"
      button={{ label: 'Open the worklist', href: url }}
      why="You get this letter because you look after rights in this house. It comes on Mondays."
    >
      <Para>{hello(name)}</Para>
      <Para>
        {many(total, 'line waits', 'lines wait')} on the worklist for the next thirty days: {critical} critical, {serious} serious.{' '}
        {mine > 0 ? `${many(mine, 'of them is', 'of them are')} yours.` : ''}
      </Para>
      <Lines lines={lines.map(({ title, detail, when, url: href }) => ({ title, detail, amount: when, href }))} />
    </Letter>
  )
}
