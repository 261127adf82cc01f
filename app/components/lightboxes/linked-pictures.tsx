import { useTranslations } from 'use-intl'
import type { BoxItem } from '#services/lightboxes/views.ts'
import { pictureOf } from '../catalog/preview.ts'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'

/** The pictures of a box as a link shows them: to look at, and to talk about where the link allows it. */
export function LinkedPictures({ items, talks }: { items: readonly BoxItem[]; talks: boolean }) {
  const t = useTranslations('lightboxes')
  return (
    <ol className="box-items" start={items[0]?.place ?? 1}>
      {items.map(({ assetId, tile, note, place, threads }) => (
        <li key={assetId} className="box-item" data-gone={tile ? undefined : ''}>
          {tile ? (
            <Link to={`/assets/${assetId}`} className="box-picture">
              <Picture {...pictureOf(tile)} ratio="4 / 3" fit="contain" />
              <span className="tile-title">
                <span className="numeric muted">{place}</span> {tile.title}
              </span>
              {tile.creator && <span className="tile-creator">{tile.creator}</span>}
            </Link>
          ) : (
            <div className="box-picture">
              <Picture src={null} alt={t('gone')} ratio="4 / 3" />
              <p className="small">
                <span className="numeric muted">{place}</span> {t('gone')}
              </p>
            </div>
          )}
          {note && <p className="box-item-note small">{note}</p>}
          {talks && tile && (
            <div className="box-item-acts">
              <Link to={`?about=${assetId}#talk`} className="small" preventScrollReset>
                {t('threads', { count: threads })}
              </Link>
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
