import { many } from '#app/components/ui/many.ts'
import { sayMark } from '#services/discussion/rules/marks.ts'
import type { ThreadSeen } from '#services/discussion/views.ts'
import { Button } from '../ui/button.tsx'

/** Where it lies as one reads, hears or sees the file from its beginning. */
const placeOf = ({ mark, number }: ThreadSeen) => [mark?.page ?? 0, mark?.time?.from ?? 0, number ?? 0] as const

/** From one mark to the next, in the order in which one would come upon them. */
export function MarkSteps({
  threads,
  selected,
  onSelect,
}: {
  threads: readonly ThreadSeen[]
  selected: string | null
  onSelect: (threadId: string) => void
}) {
  const marked = threads
    .filter(({ mark, number }) => mark !== null && number !== null)
    .sort((a, b) => {
      const [one, other] = [placeOf(a), placeOf(b)]
      return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
    })
  if (marked.length < 2) return null
  const at = marked.findIndex(({ id }) => id === selected)
  const here = marked[at]
  const step = (to: number) => {
    const next = marked[to]
    if (next) onSelect(next.id)
  }
  return (
    <div className="mark-steps" role="group" aria-label="From mark to mark">
      <Button
        size="sm"
        tone="quiet"
        icon="arrow-left"
        onClick={() => step(at === -1 ? marked.length - 1 : at - 1)}
        aria-disabled={at === 0}
      >
        Mark before
      </Button>
      <output className="numeric small" aria-live="polite">
        {here ? `Mark ${here.number}: ${here.mark ? sayMark(here.mark) : ''}` : many(marked.length, 'mark')}
      </output>
      <Button size="sm" tone="quiet" icon="arrow-right" onClick={() => step(at + 1)} aria-disabled={at === marked.length - 1}>
        Next mark
      </Button>
    </div>
  )
}
