import { useCallback, useEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { formatShare } from '#services/kernel/language.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { IconButton } from '../ui/button.tsx'
import { fitted, held, mostOf, zoomed, type Size, type View } from './zoom-geometry.ts'

interface ZoomPictureProps {
  /** The preview of the page: where the link leads without JavaScript, and what is seen until the larger one is there. */
  href: string
  zoom: { src: string; size: Size }
  alt: string
  children: ReactNode
}

const step = 1.5
const stride = 80

/** The preview of the page, which opens a closer look at the whole screen. Without JavaScript it is a link to the preview. */
export function ZoomPicture({ href, zoom, alt, children }: ZoomPictureProps) {
  const t = useTranslations('asset')
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <a
        href={href}
        className="zoom-open"
        aria-label={t('zoom.open', { title: alt })}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || !dialog.current) return
          event.preventDefault()
          setOpen(true)
          dialog.current.showModal()
        }}
      >
        {children}
      </a>
      <dialog ref={dialog} className="zoom-dialog" aria-label={t('zoom.title', { title: alt })} onClose={() => setOpen(false)}>
        {open && <Closer href={href} zoom={zoom} alt={alt} close={() => dialog.current?.close()} />}
      </dialog>
    </>
  )
}

function Closer({ href, zoom: { src, size }, alt, close }: Omit<ZoomPictureProps, 'children'> & { close: () => void }) {
  const t = useTranslations('asset')
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Size>({ width: 1, height: 1 })
  const [view, setView] = useState<View>(fitted)
  const [shown, setShown] = useState(href)
  const change = useCallback((next: (now: View, room: Size) => View) => {
    const { width = 1, height = 1 } = frame.current?.getBoundingClientRect() ?? {}
    setView((now) => next(now, { width, height }))
  }, [])
  const by = useCallback(
    (factor: number, at = { x: 0, y: 0 }) => change((now, space) => zoomed(now, factor, at, size, space)),
    [change, size],
  )
  const move = useCallback(
    (x: number, y: number) => change((now, space) => held({ ...now, x: now.x + x, y: now.y + y }, size, space)),
    [change, size],
  )

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => {
      const { width, height } = element.getBoundingClientRect()
      setRoom({ width, height })
      setView((now) => held(now, size, { width, height }))
    }
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    // React listens to wheels passively, where they cannot be kept from scrolling the page.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      by(Math.exp(-event.deltaY / 400), { x: event.clientX - box.x - box.width / 2, y: event.clientY - box.y - box.height / 2 })
    }
    const keys: Record<string, () => void> = {
      '+': () => by(step),
      '=': () => by(step),
      '-': () => by(1 / step),
      '0': () => setView(fitted),
      ArrowLeft: () => move(stride, 0),
      ArrowRight: () => move(-stride, 0),
      ArrowUp: () => move(0, stride),
      ArrowDown: () => move(0, -stride),
    }
    // The whole dialog hears the keys, whichever button of its bar has the focus.
    const dialog = element.closest('dialog')
    dialog?.querySelector<HTMLElement>('[data-enlarge]')?.focus()
    const onKeyDown = (event: KeyboardEvent) => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    dialog?.addEventListener('keydown', onKeyDown)
    // The larger one takes the place of the page's when it is there: nothing flickers, and none means that one looks at this one.
    const picture = new Image()
    picture.onload = () => setShown(src)
    picture.src = src
    return () => {
      watcher.disconnect()
      element.removeEventListener('wheel', onWheel)
      dialog?.removeEventListener('keydown', onKeyDown)
      picture.onload = null
    }
  }, [by, move, size, src])

  const fingers = useFingers(by, move)
  const most = mostOf(size, room)
  return (
    <>
      <div
        ref={frame}
        className="zoom-frame"
        data-larger={view.scale > 1 || undefined}
        onDoubleClick={() => (view.scale > 1 ? setView(fitted) : by(most))}
        {...fingers}
      >
        <img
          src={shown}
          alt={alt}
          draggable={false}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`, maxWidth: size.width, maxHeight: size.height }}
        />
      </div>
      <div className="zoom-bar" role="toolbar" aria-label={t('zoom.keys')}>
        <IconButton icon="minus" label={t('zoom.out')} onClick={() => by(1 / step)} aria-disabled={view.scale <= 1} />
        <output className="numeric" aria-live="polite">
          {formatShare(Math.round(view.scale * 100) / 100, language)}
        </output>
        <IconButton data-enlarge="" icon="plus" label={t('zoom.in')} onClick={() => by(step)} aria-disabled={view.scale >= most} />
        <IconButton icon="picture" label={t('zoom.fit')} onClick={() => setView(fitted)} aria-disabled={view.scale === 1} />
        <IconButton icon="close" label={t('zoom.close')} onClick={close} />
      </div>
    </>
  )
}

/** One finger (or the mouse) moves, two enlarge around the point between them. */
function useFingers(by: (factor: number, at?: { x: number; y: number }) => void, move: (x: number, y: number) => void) {
  const down = useRef(new Map<number, { x: number; y: number }>())
  const lift = (event: PointerEvent) => void down.current.delete(event.pointerId)
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      down.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = down.current.get(event.pointerId)
      if (!before) return
      const now = { x: event.clientX, y: event.clientY }
      down.current.set(event.pointerId, now)
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1]
      if (!other) return move(now.x - before.x, now.y - before.y)
      const apart = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y)
      const box = event.currentTarget.getBoundingClientRect()
      const middle = { x: (now.x + other.x) / 2 - box.x - box.width / 2, y: (now.y + other.y) / 2 - box.y - box.height / 2 }
      by(apart(now) / Math.max(1, apart(before)), middle)
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  }
}
