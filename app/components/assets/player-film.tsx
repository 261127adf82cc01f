import { useTranslations } from 'use-intl'
import { shownAt, type AssetPlayerProps } from './player-still.tsx'
import { clockWords } from './clock-words.ts'

// No captions come with the files that we get: a track without words would promise some.
const Film = 'video'

type Played = NonNullable<AssetPlayerProps['version']['played']>

/** A film with the browser's own controls; nothing of it is fetched before somebody plays it. */
export function FilmPlayer({ version, alt, played, onTime, children }: AssetPlayerProps & { played: Played }) {
  const t = useTranslations('player')
  const tell = onTime && ((event: { currentTarget: HTMLVideoElement }) => onTime(Math.round(event.currentTarget.currentTime * 1000)))
  return (
    <div className="player-still">
      <Film
        controls
        playsInline
        preload="none"
        poster={shownAt(version, 'page')}
        width={played.width}
        height={played.height}
        aria-label={`${t('film', { title: alt })}, ${clockWords(version.durationMs ?? 0)}`}
        onTimeUpdate={tell}
        onSeeked={tell}
      >
        <source src={shownAt(version, played.preset)} type={played.mediaType} />
      </Film>
      {children}
    </div>
  )
}
