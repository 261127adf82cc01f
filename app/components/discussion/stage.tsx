import { useCallback, useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import { IconButton } from '../ui/button.tsx'
import { useScripted } from './use-scripted.ts'
import { useSurface } from './use-surface.ts'

const steps = [1, 1.5, 2, 3, 4, 6, 8]
const nextOf = (zoom: number, by: 1 | -1): number => {
  const at = steps.indexOf(zoom)
  return steps[Math.min(steps.length - 1, Math.max(0, at + by))] ?? 1
}

interface StageProps {
  label: string
  /** Width by height of what is shown; the frame is never higher than most of the window. */
  ratio: number
  tools?: ReactNode
  /** By how many quarters what is shown is turned, clockwise. */
  turns?: number
  onTurn?: () => void
  /** What must be seen: a part of the picture, from 0 to 1. */
  focus?: { x: number; y: number; key: string } | null
  /** Beneath the frame: the way to other pages. */
  under?: ReactNode
  children: ReactNode
}

/** A picture in a frame that is enlarged by steps and moved by its scroll bars, so by pointer, finger and keys alike. */
export function Stage({ label, ratio, turns = 0, onTurn, tools, focus, under, children }: StageProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  const scripted = useScripted()
  /** Enlarges around what is in the middle. */
  const change = useCallback((to: number) => {
    const box = frame.current
    if (!box) return
    const middle = {
      x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
      y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight,
    }
    setZoom(to)
    requestAnimationFrame(() => {
      box.scrollLeft = middle.x * box.scrollWidth - box.clientWidth / 2
      box.scrollTop = middle.y * box.scrollHeight - box.clientHeight / 2
    })
  }, [])
  useSurface(frame, (event) => {
    if (event.ctrlKey || event.metaKey) return
    if (event.key === '+' || event.key === '=') change(nextOf(zoom, 1))
    else if (event.key === '-') change(nextOf(zoom, -1))
    else if (event.key === '0') change(1)
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const box = frame.current
    if (!box || !focus) return
    box.scrollTo({ left: focus.x * box.scrollWidth - box.clientWidth / 2, top: focus.y * box.scrollHeight - box.clientHeight / 2 })
  }, [focus])
  return (
    <div className="stage" id="stage" tabIndex={-1}>
      {scripted && (
        <div className="stage-bar" role="toolbar" aria-label="Marks and size">
          {tools}
          <span className="stage-zoom">
            {onTurn && <IconButton icon="turn" size="sm" label="Turn the view" onClick={onTurn} />}
            <IconButton icon="minus" size="sm" label="Smaller" onClick={() => change(nextOf(zoom, -1))} aria-disabled={zoom === 1} />
            <output className="numeric small" aria-live="polite">
              {zoom * 100} %
            </output>
            <IconButton
              icon="plus"
              size="sm"
              label="Larger"
              onClick={() => change(nextOf(zoom, 1))}
              aria-disabled={zoom === steps.at(-1)}
            />
          </span>
        </div>
      )}
      <div ref={frame} className="stage-frame" role="region" aria-label={label}>
        <div
          className="stage-picture"
          data-turned={turns % 2 === 1 ? 'across' : turns === 2 ? 'over' : undefined}
          style={{ '--ratio': turns % 2 === 1 ? 1 / ratio : ratio, '--zoom': zoom, '--turn': `${turns * 90}deg` } as CSSProperties}
        >
          {children}
        </div>
      </div>
      {scripted && under}
    </div>
  )
}
