import type { MouseEvent } from 'react'
import { sayMark } from '#services/discussion/rules/marks.ts'
import { boundsOf, type Region } from '#services/discussion/rules/regions.ts'
import type { ThreadSeen } from '#services/discussion/views.ts'

/** A region in a drawing of 1 by 1: its lines stay as thin as they are on the screen. */
export function Shape({
  region,
  ...look
}: {
  region: Region
  className: string
  'data-selected'?: string | undefined
  'data-resolved'?: string | undefined
}) {
  switch (region.shape) {
    case 'rectangle':
      return <rect {...look} x={region.x} y={region.y} width={region.width} height={region.height} />
    case 'ellipse':
      return (
        <ellipse
          {...look}
          cx={region.x + region.width / 2}
          cy={region.y + region.height / 2}
          rx={region.width / 2}
          ry={region.height / 2}
        />
      )
    case 'polygon':
      return <polygon {...look} points={region.points.map((point) => point.join(',')).join(' ')} />
    case 'point':
      return null
  }
}

/** The numbered marks of a page: drawn, and each a link to its thread. */
export function MarkLayer({
  threads,
  selected,
  onSelect,
}: {
  threads: readonly ThreadSeen[]
  selected: string | null
  onSelect: (threadId: string) => void
}) {
  const marked = threads.filter(({ mark, number }) => mark?.region && number !== null)
  return (
    <>
      <svg className="marks" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {marked.map(({ id, mark, state }) => (
          <Shape
            key={id}
            region={mark?.region as Region}
            className="mark-shape"
            data-selected={id === selected ? '' : undefined}
            data-resolved={state === 'RESOLVED' ? '' : undefined}
          />
        ))}
      </svg>
      {marked.map(({ id, mark, number, state, comments }) => {
        const { x, y } = boundsOf(mark?.region as Region)
        return (
          <a
            key={id}
            id={`mark-${id}`}
            href={`#${id}`}
            className="mark-number numeric"
            data-point={mark?.region?.shape === 'point' ? '' : undefined}
            data-selected={id === selected ? '' : undefined}
            data-resolved={state === 'RESOLVED' ? '' : undefined}
            style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
            aria-label={`Mark ${number}${state === 'RESOLVED' ? ', resolved' : ''}: ${mark ? sayMark(mark) : ''}. ${comments[0]?.author ?? ''}`}
            onClick={(event: MouseEvent) => {
              event.stopPropagation()
              onSelect(id)
            }}
          >
            {number}
          </a>
        )
      })}
    </>
  )
}
