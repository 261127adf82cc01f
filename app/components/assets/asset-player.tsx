import { useTranslations } from 'use-intl'
import { clockWords } from './clock-words.ts'
import { ArchiveList, FontFacts } from './player-facts.tsx'
import { FilmPlayer } from './player-film.tsx'
import { MovingPicture } from './player-motion.tsx'
import { PagePlayer } from './player-pages.tsx'
import { SoundPlayer } from './player-sound.tsx'
import { Still, type AssetPlayerProps } from './player-still.tsx'

export type { AssetPlayerProps } from './player-still.tsx'

/**
 * Whatever a file is, shown as far as it can be: a film plays, a recording sounds, pages turn, an archive lists what it holds.
 * Where nothing can be shown, a card says what it is. Addresses are those of the one gate for previews.
 */
export function AssetPlayer(props: AssetPlayerProps) {
  const { version } = props
  return (
    <figure className="player" data-form={version.form.toLowerCase()}>
      <Body {...props} />
      <Caption {...props} />
    </figure>
  )
}

function Body(props: AssetPlayerProps) {
  const { form, played, motion, sheets } = props.version
  if (form === 'FILM' && played) return <FilmPlayer {...props} played={played} />
  if (form === 'SOUND') return <SoundPlayer {...props} />
  if (form === 'PAGES' && sheets.length > 1) return <PagePlayer {...props} />
  if (form === 'LIST') return <ArchiveList {...props} />
  if (form === 'PICTURE' && motion) return <MovingPicture {...props} motion={motion} />
  return <Still {...props} />
}

/** What must be said of what one sees: that it is a part, that something lacks, what a font is. */
function Caption({ version }: AssetPlayerProps) {
  const t = useTranslations('player')
  const { form, facts, played, partly, durationMs, pages, sheets } = version
  const time = clockWords(durationMs ?? 0)
  const lines = [
    partly && played?.preset === 'clip' && t('part.film', { seconds: 12, time }),
    partly && played?.preset === 'excerpt' && t('part.sound', { seconds: 30, time }),
    partly && (played?.preset === 'watch' || played?.preset === 'listen') && t('part.whole', { time }),
    !played && durationMs !== null && form !== 'PICTURE' && t('duration', { time }),
    facts.lacks === 'ffmpeg' && (form === 'SOUND' ? t('no-wave') : t('no-film')),
    form === 'ICON' && facts.lacks === undefined && t('icon'),
    form === 'PAGES' && pages !== null && sheets.length > 1 && sheets.length < pages && t('pages.some', { shown: sheets.length, pages }),
  ].filter((line): line is string => typeof line === 'string')
  if (lines.length === 0 && !facts.font) return null
  return (
    <figcaption className="small muted">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {facts.font && <FontFacts font={facts.font} />}
    </figcaption>
  )
}
