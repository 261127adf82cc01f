import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { drawn, moved, resized, sayRegion, simplified, type Point, type Region } from '#services/discussion/rules/regions.ts'
import { Shape } from './mark-layer.tsx'
import { useSurface } from './use-surface.ts'

export const tools = ['rectangle', 'ellipse', 'point', 'polygon'] as const
export type Tool = (typeof tools)[number]
export const toolWords: Record<Tool, string> = { rectangle: 'Rectangle', ellipse: 'Ellipse', point: 'Point', polygon: 'Freehand' }

/** Where one begins by the keyboard: in the middle, large enough to be seen. */
const begun: Record<Tool, Region> = {
  rectangle: { shape: 'rectangle', x: 0.4, y: 0.4, width: 0.2, height: 0.2 },
  ellipse: { shape: 'ellipse', x: 0.4, y: 0.4, width: 0.2, height: 0.2 },
  point: { shape: 'point', x: 0.5, y: 0.5 },
  polygon: {
    shape: 'polygon',
    points: [
      [0.5, 0.4],
      [0.6, 0.5],
      [0.5, 0.6],
      [0.4, 0.5],
    ],
  },
}
const arrows: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const stride = 0.01

interface DrawLayerProps {
  tool: Tool
  draft: Region | null
  onDraft: (region: Region | null) => void
  /** Drawn to its end: one goes on to write. */
  onDone: () => void
  onGiveUp: () => void
}

/**
 * Where a mark is drawn: by the pointer from corner to corner or along a line; by the keyboard with the arrows, which move
 * it, and with Shift change its size. What it has become is said.
 */
export function DrawLayer({ tool, draft, onDraft, onDone, onGiveUp }: DrawLayerProps) {
  const layer = useRef<HTMLDivElement>(null)
  const trail = useRef<Point[]>([])
  const [line, setLine] = useState<Point[]>([])
  const [said, setSaid] = useState('')

  const at = (event: PointerEvent): Point => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    return [(event.clientX - left) / width, (event.clientY - top) / height]
  }
  const show = (to: Point) => {
    const from = trail.current[0]
    if (!from) return
    if (tool === 'polygon') {
      trail.current.push(to)
      setLine([...trail.current])
    } else onDraft(tool === 'point' ? drawn('rectangle', to, to) : drawn(tool, from, to))
  }
  const say = (region: Region) => {
    onDraft(region)
    setSaid(sayRegion(region))
  }
  useSurface(layer, (event) => {
    const arrow = arrows[event.key]
    const now = draft ?? begun[tool]
    if (arrow) {
      const by = event.altKey ? stride / 5 : stride
      say(!draft ? now : event.shiftKey ? resized(now, arrow[0] * by, arrow[1] * by) : moved(now, arrow[0] * by, arrow[1] * by))
    } else if (event.key === ' ') say(now)
    else if (event.key === 'Enter') {
      say(now)
      onDone()
    } else if (event.key === 'Escape') onGiveUp()
    else return
    event.preventDefault()
  })
  useEffect(() => {
    layer.current?.focus({ preventScroll: true })
    setSaid('')
  }, [tool])
  return (
    <div
      ref={layer}
      className="draw-layer"
      role="application"
      aria-roledescription="drawing"
      aria-label={`Mark a place: ${toolWords[tool]}`}
      aria-describedby="draw-keys"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        trail.current = [at(event)]
        setLine([])
        show(at(event))
      }}
      onPointerMove={(event) => trail.current.length > 0 && show(at(event))}
      onPointerUp={() => {
        const points = simplified(trail.current)
        if (tool === 'polygon' && trail.current[0])
          onDraft(points.length >= 3 ? { shape: 'polygon', points } : drawn('rectangle', trail.current[0], trail.current[0]))
        trail.current = []
        setLine([])
        onDone()
      }}
      onPointerCancel={() => {
        trail.current = []
        setLine([])
      }}
    >
      <svg className="marks" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {line.length > 1 && <polyline className="mark-shape" data-selected="" points={line.map((point) => point.join(',')).join(' ')} />}
        {draft && line.length === 0 && <Shape region={draft} className="mark-shape" data-selected="" />}
      </svg>
      {draft?.shape === 'point' && <span className="mark-point" style={{ left: `${draft.x * 100}%`, top: `${draft.y * 100}%` }} />}
      <p className="visually-hidden" id="draw-keys">
        Arrow keys move it, with Shift they change its size, with Alt in small steps. Enter: go on to write. Escape: give up.
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  )
}
