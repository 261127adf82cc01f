import { Link } from '@remix-run/react'
import type { CSSProperties } from 'react'
import type { CollectionCard } from '#services/catalog/views.ts'
import { Picture } from '../ui/picture.tsx'
import { pictureOf } from './preview.ts'

export const pictureCount = (count: number): string => `${count} ${count === 1 ? 'picture' : 'pictures'}`

/** A collection as a line of its first pictures, with its title beside. The whole of it is one link. */
export function CollectionStrip({
  collection: { slug, title, description, count, covers },
  as: Heading = 'h3',
}: {
  collection: CollectionCard
  as?: 'h2' | 'h3'
}) {
  return (
    <article className="collection-strip">
      <div className="collection-strip-text">
        <Heading>
          <Link to={`/collections/${slug}`} prefetch="intent">
            {title}
          </Link>
        </Heading>
        {description && <p className="muted">{description}</p>}
        <p className="muted small numeric">{pictureCount(count)}</p>
      </div>
      <div className="collection-strip-pictures">
        {covers.map((tile) => (
          <span key={tile.id} style={{ '--r': ((tile.width ?? 5) / (tile.height ?? 4)).toFixed(3) } as CSSProperties}>
            <Picture {...pictureOf(tile)} alt="" />
          </span>
        ))}
      </div>
    </article>
  )
}
