import type { RefObject } from 'react'
import { Button } from '#app/components/ui/button.tsx'
import { TickPage, useRowKeys, useTicked } from '#app/components/ui/ticked-rows.tsx'
import { KeysHelp } from './keys-help.tsx'

const keys = [
  { term: 'j, k', detail: 'The next review, the one before' },
  { term: 'x', detail: 'Tick it' },
  { term: 'Shift and x, shift and click', detail: 'Tick all up to here' },
  { term: 'o', detail: 'Open it' },
]

/** With the ticked reviews: on to a page that names them and asks for the reason. */
export function ListBar({ list }: { list: RefObject<HTMLElement> }) {
  const ticked = useTicked(list)
  useRowKeys(list, 'h2 a')
  return (
    <form className="work-bar" id="many" action="/library/review/many" aria-label="With the ticked reviews">
      <TickPage list={list} ticked={ticked} />
      <output className="small muted" aria-live="polite">
        {ticked ? `${ticked} ticked` : ''}
      </output>
      <span className="work-verbs">
        <Button type="submit" size="sm" name="verb" value="approve" disabled={ticked === 0}>
          Approve…
        </Button>
        <Button type="submit" size="sm" name="verb" value="changes" disabled={ticked === 0}>
          Ask for changes…
        </Button>
      </span>
      <span className="work-verbs">
        <KeysHelp title="Keys, while the list has the focus" keys={keys} />
      </span>
    </form>
  )
}
