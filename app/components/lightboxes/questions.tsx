import { useTranslations } from 'use-intl'
import type { Tile } from '#services/catalog/tiles.ts'
import { pictureOf } from '../catalog/preview.ts'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { Picture } from '../ui/picture.tsx'

/** Pictures whose price depends on their use: each leads to its questions. */
export function Questions({ tiles }: { tiles: readonly Tile[] }) {
  const t = useTranslations('lightboxes')
  if (tiles.length === 0) return null
  return (
    <Notice tone="info" title={t('questions', { count: tiles.length })}>
      <p>{t('questions-words')}</p>
      <ul className="box-questions">
        {tiles.map((tile) => (
          <li key={tile.id}>
            <Link to={`/assets/${tile.id}?model=RIGHTS_MANAGED#licence`}>
              <Picture {...pictureOf(tile)} alt="" ratio="1" />
              {tile.title}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
