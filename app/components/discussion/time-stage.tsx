import type { CSSProperties, ReactNode, RefObject } from 'react'
import type { PlayerView } from '#services/assets/player-view.ts'
import { sayTime } from '#services/discussion/rules/marks.ts'
import type { ThreadSeen } from '#services/discussion/views.ts'
import { AssetPlayer } from '../assets/asset-player.tsx'

interface TimeStageProps {
  player: PlayerView
  alt: string
  threads: readonly ThreadSeen[]
  selected: string | null
  frame: RefObject<HTMLDivElement>
  tools: ReactNode
  /** Beneath the marks: the way from one to the next. */
  under: ReactNode
  onTime: (ms: number) => void
  onSelect: (threadId: string) => void
  children: ReactNode
}

/** A film or a recording with its marks along the time; each leads to its moment and to its thread. */
export function TimeStage({ player, alt, threads, selected, frame, tools, under, onTime, onSelect, children }: TimeStageProps) {
  const all = player.durationMs ?? 0
  const timed = threads.filter(({ mark, number }) => mark?.time && number !== null)
  const rows = rowsOf(timed.map(({ mark }) => (mark?.time?.from ?? 0) / Math.max(1, all)))
  return (
    <div className="stage" id="stage" tabIndex={-1}>
      {tools}
      <div ref={frame}>
        <AssetPlayer version={player} alt={alt} onTime={onTime}>
          {children}
        </AssetPlayer>
      </div>
      {timed.length > 0 && all > 0 && (
        <ol className="time-marks" aria-label="Marks along the time" style={{ '--rows': Math.max(...rows) + 1 } as CSSProperties}>
          {timed.map(({ id, number, mark, state }, at) => {
            const { from, to } = mark?.time ?? { from: 0 }
            return (
              <li
                key={id}
                style={
                  {
                    left: `${(from / all) * 100}%`,
                    ...(to !== undefined && { width: `${((to - from) / all) * 100}%` }),
                    '--row': rows[at] ?? 0,
                  } as CSSProperties
                }
                data-span={to === undefined ? undefined : ''}
              >
                <a
                  href={`#${id}`}
                  className="mark-number numeric"
                  data-selected={id === selected ? '' : undefined}
                  data-resolved={state === 'RESOLVED' ? '' : undefined}
                  aria-label={`Mark ${number} at ${sayTime(from)}`}
                  onClick={() => onSelect(id)}
                >
                  {number}
                </a>
              </li>
            )
          })}
        </ol>
      )}
      {under}
    </div>
  )
}

/** So much of the width a mark's number takes: nearer to each other, they stand in rows. */
const apart = 0.06

/** In which row each stands, from the top, so that no number lies on another. */
function rowsOf(places: readonly number[]): number[] {
  const taken: number[][] = []
  return places.map((place) => {
    const free = taken.findIndex((row) => row.every((other) => Math.abs(other - place) >= apart))
    const row = free === -1 ? taken.length : free
    taken[row] = [...(taken[row] ?? []), place]
    return row
  })
}

const playerIn = (frame: HTMLElement | null) => frame?.querySelector<HTMLMediaElement>('video, audio')

/** Puts the player at a moment and lets it show that; it says so at once, also while the file is still on its way. */
export function seek(frame: HTMLElement | null, ms: number): void {
  const player = playerIn(frame)
  if (!player) return
  player.preload = 'auto'
  player.currentTime = ms / 1000
  player.dispatchEvent(new Event('timeupdate'))
}

/** What is drawn on stays where it is. */
export const hold = (frame: HTMLElement | null): void => playerIn(frame)?.pause()
