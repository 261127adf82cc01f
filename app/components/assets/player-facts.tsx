import { useTranslations } from 'use-intl'
import { useLanguage } from '#app/words/use-language.ts'
import type { FileFacts } from '#services/platform/media/media.ts'
import { Icon } from '../ui/icon.tsx'
import type { AssetPlayerProps } from './player-still.tsx'
import { sizeWords } from './file-words.ts'

/** What a font says of itself: how much it holds, and whether it may be embedded. A hint; the contract says what holds. */
export function FontFacts({ font }: { font: NonNullable<FileFacts['font']> }) {
  const t = useTranslations('player')
  return (
    <p>
      {[
        t('font.glyphs', { count: font.glyphs }),
        font.axes && t('font.axes', { axes: font.axes.join(', ') }),
        font.version,
        t(`font.${font.embedding}`),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

const listed = 100

/** What lies in an archive. It is listed, never unpacked. */
export function ArchiveList({ version }: AssetPlayerProps) {
  const t = useTranslations('player')
  const language = useLanguage()
  const { entries = [], entryCount = 0, unpackedSize = 0, encrypted } = version.facts
  const shown = entries.slice(0, listed)
  return (
    <section className="player-list" aria-label={t('archive.label')}>
      <p className="player-list-head">
        <Icon name="archive" /> {t('archive.count', { count: entryCount, size: sizeWords(unpackedSize, language) })}
        {encrypted && ` ${t('archive.locked')}`}
      </p>
      <ol>
        {shown.map(({ name, size }, index) => (
          <li key={`${index} ${name}`}>
            <span>{name}</span>
            <span className="numeric muted">{sizeWords(size, language)}</span>
          </li>
        ))}
      </ol>
      {entryCount > shown.length && <p className="small muted">{t('archive.more', { count: entryCount - shown.length })}</p>}
    </section>
  )
}
