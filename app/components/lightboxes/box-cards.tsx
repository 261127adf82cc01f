import { useTranslations } from 'use-intl'
import type { BoxCard } from '#services/lightboxes/views.ts'
import { pictureOf } from '../catalog/preview.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { When } from '../ui/when.tsx'

/** Boxes as cards: what lies in them first, their name, and what is new. */
export function BoxCards({ boxes }: { boxes: readonly BoxCard[] }) {
  const t = useTranslations('lightboxes')
  return (
    <ul className="box-cards">
      {boxes.map((box) => (
        <li key={box.id} className="box-card">
          <Link to={`/lightboxes/${box.id}`} className="box-cover" tabIndex={-1} aria-hidden="true">
            {box.covers.length === 0 ? (
              <span className="box-bare">
                <Icon name="lightbox" />
              </span>
            ) : (
              box.covers.map((tile) => <Picture key={tile.id} {...pictureOf(tile)} alt="" ratio="1" />)
            )}
          </Link>
          <div>
            <h3>
              <Link to={`/lightboxes/${box.id}`}>{box.name}</Link>
            </h3>
            <p className="small muted">
              {t('pictures', { count: box.pictures })} · <When at={box.changedAt} to="day" />
            </p>
            <p className="cluster" data-gap="sm">
              {box.isDefault && <Badge tone="neutral">{t('default')}</Badge>}
              {box.shared && box.owner === null && <Badge tone="info">{t('is-shared')}</Badge>}
              {box.owner && <span className="small muted">{t('of', { name: box.owner })}</span>}
              {box.news > 0 && <Badge tone="warning">{t('news', { count: box.news })}</Badge>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
