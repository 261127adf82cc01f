import { Link } from '@remix-run/react'
import type { CSSProperties } from 'react'
import type { Tile } from '#services/catalog/tiles.ts'
import { Picture } from '../ui/picture.tsx'
import { pictureOf } from './preview.ts'

/** Panoramas and banners keep a readable share of the row. */
const ratioOf = ({ width, height }: Tile): number => (width && height ? Math.min(2.6, Math.max(0.6, width / height)) : 1.25)

interface PictureGridProps {
  tiles: readonly Tile[]
  /** How many pictures are likely seen at once: these are not fetched lazily. */
  eager?: number
  /** Height that a row aims at. */
  row?: string
}

/** Rows of one height and full width, each picture in its own ratio, by flexbox alone. */
export function PictureGrid({ tiles, eager = 0, row }: PictureGridProps) {
  return (
    <ul className="justified" {...(row && { style: { '--row': row } as CSSProperties })}>
      {tiles.map((tile, index) => (
        <li key={tile.id} style={{ '--r': ratioOf(tile).toFixed(3) } as CSSProperties}>
          <Link to={`/assets/${tile.id}`} className="tile" prefetch="intent">
            <Picture
              {...pictureOf(tile)}
              ratio={String(ratioOf(tile).toFixed(3))}
              eager={index < eager}
              icon={tile.kind === 'DOCUMENT' ? 'document' : 'picture'}
            />
            <span className="tile-title">{tile.title}</span>
            {tile.creator && <span className="tile-creator">{tile.creator}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}
