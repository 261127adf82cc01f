import type { CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import { Icon, type IconName } from './icon.tsx'

interface PictureProps {
  /** Null where no preview can be made: an honest icon stands in. */
  src: string | null
  alt: string
  width?: number | null
  height?: number | null
  /** Dominant colour, shown until the bytes are there. */
  tint?: string | null
  srcSet?: string
  sizes?: string
  /** The one picture that the page opens with: fetched first. `beside`: seen at once too, but not what the page waits for. */
  eager?: boolean | 'beside'
  /** The whole picture, with room around it; else it fills its box. */
  fit?: 'contain'
  /** It may be cut out, as logos are: it stands on a ground that its own colour stands out from, in every theme. */
  cutOut?: boolean | undefined
  /** Overrides the ratio of the picture, e.g. '3 / 2' for cards of one height. */
  ratio?: string
  icon?: IconName
}

/** The ground, light or dark, that a colour written `#rrggbb` stands out from. */
export const groundFor = (colour: string): 'light' | 'dark' => {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((part) => parseInt(part, 16))
  return red * 0.3 + green * 0.59 + blue * 0.11 < 128 ? 'light' : 'dark'
}

/** A picture in a box of its own ratio: nothing moves when it arrives. */
export function Picture({ src, alt, width, height, tint, srcSet, sizes, eager, fit, cutOut, ratio, icon = 'picture' }: PictureProps) {
  const box = { '--ratio': ratio ?? (width && height ? `${width} / ${height}` : undefined), '--tint': tint ?? undefined } as CSSProperties
  return (
    <span className="picture" style={box} data-fit={fit} data-ground={cutOut && tint ? groundFor(tint) : undefined}>
      {src ? (
        <img
          src={src}
          alt={alt}
          width={width ?? undefined}
          height={height ?? undefined}
          srcSet={srcSet}
          sizes={sizes}
          loading={eager ? 'eager' : 'lazy'}
          decoding={eager ? 'sync' : 'async'}
          {...(eager === true && { fetchpriority: 'high' })}
        />
      ) : (
        <NoPreview alt={alt} icon={icon} />
      )}
    </span>
  )
}

function NoPreview({ alt, icon }: { alt: string; icon: IconName }) {
  const t = useTranslations('ui')
  return (
    <span className="picture-none">
      <Icon name={icon} label={alt || t('no-preview')} />
    </span>
  )
}
