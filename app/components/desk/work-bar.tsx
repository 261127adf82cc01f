import type { RefObject } from 'react'
import { Button } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { TickPage, useRowKeys, useTicked } from '#app/components/ui/ticked-rows.tsx'

const letters = { a: 'assign', s: 'snooze', d: 'done', '?': 'keys' }

const keys = [
  { term: 'j, k', detail: 'To the next line, to the one before' },
  { term: 'x', detail: 'Tick the line, or not' },
  { term: 'Shift and x, shift and click', detail: 'Tick all lines up to here' },
  { term: 'o', detail: 'Open the line' },
  { term: 'a', detail: 'Give the ticked lines to a colleague' },
  { term: 's', detail: 'Put them off' },
  { term: 'd', detail: 'Deal with them' },
  { term: '?', detail: 'This list' },
]

const verbs = [
  { verb: 'assign', label: 'Assign' },
  { verb: 'snooze', label: 'Put off' },
  { verb: 'done', label: 'Dealt with' },
  { verb: 'unmark', label: 'Clear mark' },
  { verb: 'change', label: 'Plan a change' },
  { verb: 'withdraw', label: 'Take off sale' },
] as const

/** What can be done with the ticked lines, or with all that match: each button leads to a page that says how many before anything is done. */
export function WorkBar({
  list,
  filter,
  total,
  mayMark,
}: {
  list: RefObject<HTMLElement>
  filter: string
  total: number
  mayMark: boolean
}) {
  const ticked = useTicked(list)
  useRowKeys(list, '.work-title a', letters)
  return (
    // The browser's own form: one of its buttons fetches a file.
    <form className="work-bar" id="work" action="/rights/worklist/act" aria-label="With the ticked lines">
      <input type="hidden" name="filter" value={filter} />
      {!mayMark && <input type="hidden" name="all" value="yes" />}
      {mayMark && (
        <>
          <TickPage list={list} ticked={ticked} />
          <label className="work-all small">
            <input type="checkbox" name="all" value="yes" /> All {total.toLocaleString('en-GB')} that match
          </label>
          <output className="small muted" aria-live="polite">
            {ticked ? `${ticked} ticked` : ''}
          </output>
          <span className="work-verbs">
            {verbs.map(({ verb, label }) => (
              <Button key={verb} type="submit" size="sm" name="verb" value={verb} data-work-key={verb}>
                {label}
              </Button>
            ))}
          </span>
        </>
      )}
      <span className="work-verbs">
        <button className="button" data-tone="quiet" data-size="sm" type="submit" formAction="/rights/worklist/export.csv">
          CSV
        </button>
        {mayMark && (
          <Dialog title="Keys, while the list has the focus" trigger={<span data-work-key="keys">Keys</span>} tone="quiet" size="sm">
            <DescriptionList facts={keys} />
          </Dialog>
        )}
      </span>
    </form>
  )
}
