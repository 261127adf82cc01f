import { useCallback, useRef, useState } from 'react'

const steps = [1, 1.5, 2, 3, 4, 6, 8]

/** Two frames that are enlarged by the same steps and moved to the same place, whichever of them is moved. */
export function useTogether() {
  const frames = useRef(new Map<string, HTMLDivElement>())
  const led = useRef<HTMLDivElement | null>(null)
  const [zoom, setZoom] = useState(1)

  const frameOf = useCallback(
    (name: string) => (frame: HTMLDivElement | null) => {
      if (frame) {
        // Moved by keys too, as a picture that is larger than its frame must be.
        frame.tabIndex = 0
        frames.current.set(name, frame)
      } else frames.current.delete(name)
    },
    [],
  )
  /** Follow the one that is moved; what follows moves too, and must not lead back. */
  const onScroll = useCallback((moved: HTMLDivElement) => {
    if (led.current === moved) {
      led.current = null
      return
    }
    const part = (at: number, whole: number, seen: number) => (whole > seen ? at / (whole - seen) : 0)
    const x = part(moved.scrollLeft, moved.scrollWidth, moved.clientWidth)
    const y = part(moved.scrollTop, moved.scrollHeight, moved.clientHeight)
    for (const frame of frames.current.values()) {
      if (frame === moved) continue
      const [left, top] = [x * (frame.scrollWidth - frame.clientWidth), y * (frame.scrollHeight - frame.clientHeight)]
      if (Math.abs(frame.scrollLeft - left) < 1 && Math.abs(frame.scrollTop - top) < 1) continue
      led.current = frame
      frame.scrollTo({ left, top, behavior: 'instant' })
    }
  }, [])
  const change = useCallback(
    (by: 1 | -1 | 0) => setZoom((now) => (by === 0 ? 1 : (steps[Math.min(steps.length - 1, Math.max(0, steps.indexOf(now) + by))] ?? 1))),
    [],
  )
  return { zoom, change, frameOf, onScroll, least: zoom === 1, most: zoom === steps.at(-1) }
}
