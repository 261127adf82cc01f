import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import { shownAt, Still, type AssetPlayerProps } from './player-still.tsx'
import { clockWords } from './clock-words.ts'

// As for films: no captions come with the files that we get.
const Sound = 'audio'

/** A recording: its loudness to look at and to go to places by, and the browser's own controls beneath. */
export function SoundPlayer(props: AssetPlayerProps) {
  const t = useTranslations('player')
  const { version, alt, onTime, children } = props
  const { played, facts, durationMs } = version
  const audio = useRef<HTMLAudioElement>(null)
  const [at, setAt] = useState(0)
  const all = durationMs ?? 0
  const go = (milliseconds: number) => {
    const player = audio.current
    if (!player) return
    const to = Math.max(0, Math.min(all, milliseconds))
    player.currentTime = to / 1000
    // A recording that was not yet fetched tells nothing of where it will begin.
    setAt(to)
    onTime?.(to)
  }
  const tell = (event: { currentTarget: HTMLAudioElement }) => {
    const now = Math.round(event.currentTarget.currentTime * 1000)
    setAt(now)
    onTime?.(now)
  }
  return (
    <>
      {facts.peaks && played ? (
        <Waveform peaks={facts.peaks} at={at} all={all} onGo={go}>
          {children}
        </Waveform>
      ) : (
        <Still {...props} />
      )}
      {played && (
        <Sound ref={audio} controls preload="none" aria-label={t('sound', { title: alt })} onTimeUpdate={tell} onSeeked={tell}>
          <source src={shownAt(version, played.preset)} type={played.mediaType} />
        </Sound>
      )}
    </>
  )
}

interface WaveformProps extends Pick<AssetPlayerProps, 'children'> {
  peaks: readonly number[]
  at: number
  all: number
  onGo: (milliseconds: number) => void
}

const stride = 5000

function Waveform({ peaks, at, all, onGo, children }: WaveformProps) {
  const t = useTranslations('player')
  const click = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    onGo(((event.clientX - box.left) / Math.max(1, box.width)) * all)
  }
  const places: Record<string, number> = {
    ArrowRight: at + stride,
    ArrowUp: at + stride,
    ArrowLeft: at - stride,
    ArrowDown: at - stride,
    Home: 0,
    End: all,
  }
  const keys = (event: KeyboardEvent) => {
    const place = places[event.key]
    if (place === undefined) return
    event.preventDefault()
    onGo(place)
  }
  const reached = all > 0 ? (at / all) * peaks.length : 0
  return (
    <div
      className="player-wave"
      role="slider"
      tabIndex={0}
      aria-label={t('wave')}
      aria-valuemin={0}
      aria-valuemax={Math.round(all / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={t('at', { at: clockWords(at), time: clockWords(all) })}
      onClick={click}
      onKeyDown={keys}
    >
      <svg viewBox={`0 0 ${peaks.length} 100`} preserveAspectRatio="none" aria-hidden="true">
        {peaks.map((peak, i) => {
          const tall = Math.max(1, peak)
          return <rect key={i} x={i + 0.15} y={50 - tall / 2} width={0.7} height={tall} data-heard={i < reached || undefined} />
        })}
      </svg>
      {children}
    </div>
  )
}
