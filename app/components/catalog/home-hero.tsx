import { useTranslations } from 'use-intl'
import type { Tile } from '#services/catalog/tiles.ts'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { pictureOf, previewUrl } from './preview.ts'

/**
 * What fetches the picture that the page opens with before its styles are read. A telephone gets the small one: the large
 * one is four times its bytes and cannot be told from it at that size.
 */
export const heroSizes = '(min-width: 60rem) 58vw, 88vw'
export const heroSrcSet = ({ id, versionId, width }: Tile): string | undefined =>
  versionId ? `${previewUrl(id, 'grid', versionId)} ${width ?? 640}w, ${previewUrl(id, 'page', versionId)} 1600w` : undefined

/** The picture that the front page opens with, and whose it is. */
export function HomeHero({ hero }: { hero: Tile }) {
  const t = useTranslations('home')
  return (
    <figure className="hero-picture">
      <Link to={`/assets/${hero.id}`} aria-label={t('by', { title: hero.title, creator: hero.creator || '–' })}>
        <Picture {...pictureOf(hero)} {...(heroSrcSet(hero) && { srcSet: heroSrcSet(hero) ?? '' })} sizes={heroSizes} eager />
      </Link>
      <figcaption>
        <span>{hero.title}</span>
        {hero.creator && <span className="muted">{hero.creator}</span>}
      </figcaption>
    </figure>
  )
}
