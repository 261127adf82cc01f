import { useTranslations } from 'use-intl'
import type { CollectionCard as Shown } from '#services/catalog/views.ts'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { pictureOf, previewUrl } from './preview.ts'

/** A collection led by its first picture, with two more below it. The whole of it is one link. */
export function CollectionCard({
  collection: { slug, title, description, count, covers },
  as: Heading = 'h3',
}: {
  collection: Shown
  as?: 'h2' | 'h3'
}) {
  const t = useTranslations('collections')
  const [lead, ...others] = covers
  return (
    <article className="collection-card">
      <div className="collection-card-pictures" data-count={Math.min(3, covers.length)}>
        {lead && (
          <Picture
            {...pictureOf(lead)}
            alt=""
            ratio="3 / 2"
            {...(lead.versionId && {
              srcSet: `${previewUrl(lead.id, 'grid', lead.versionId)} 640w, ${previewUrl(lead.id, 'page', lead.versionId)} 1600w`,
            })}
            sizes="(min-width: 60rem) 42vw, 88vw"
          />
        )}
        {others.slice(0, 2).map((tile) => (
          <Picture key={tile.id} {...pictureOf(tile)} alt="" ratio="3 / 2" />
        ))}
      </div>
      <div className="collection-card-text">
        <Heading>
          <Link to={`/collections/${slug}`} prefetch="intent">
            {title}
          </Link>
        </Heading>
        {description && <p className="muted">{description}</p>}
        <p className="muted small numeric">{t('count', { count })}</p>
      </div>
    </article>
  )
}
