import { previewUrl } from './preview.ts'
import type { PreviewForm } from '#services/platform/media/media.ts'
import type { Json } from '#services/kernel/canonical.ts'
import type { Offered } from '#app/http/offer.server.ts'

interface Shown {
  origin: string
  /** The path of this page in its language. */
  path: string
  homePath: string
  homeName: string
  searchPath: string
  searchName: string
  house: { name: string }
  asset: { id: string; title: string; description: string; altText: string; creditLine: string; copyrightNotice: string; creator: string }
  version: { id: string; width: number | null; height: number | null; durationMs: number | null; preview: PreviewForm }
  /** Preset of what can be played. */
  played: string | null
  preview: { page: { width: number; height: number } | null }
  collections: { title: string; path: string }[]
  contributorPath: string | null
  offered: Offered | null
  licensingPath: string
  termsPath: string | null
}

const types: Partial<Record<PreviewForm, string>> = {
  PICTURE: 'ImageObject',
  PAGES: 'ImageObject',
  FILM: 'VideoObject',
  SOUND: 'AudioObject',
}

/** schema.org's words for a work that can be licensed; search engines mark such pictures. A drawn card is no picture of it. */
function workObject({
  origin,
  path,
  house,
  asset,
  version,
  played,
  preview,
  offered,
  licensingPath,
  termsPath,
  contributorPath,
}: Shown): Json {
  const page = `${origin}${path}`
  const type = types[version.preview] ?? 'CreativeWork'
  const address = (preset: string) => `${origin}${previewUrl(asset.id, preset, version.id)}`
  const shown = type === 'ImageObject' ? 'page' : type === 'CreativeWork' ? null : played
  const known = {
    '@type': type,
    name: asset.title,
    description: asset.description || asset.altText,
    contentUrl: preview.page && shown ? address(shown) : undefined,
    thumbnailUrl: preview.page && type !== 'ImageObject' ? address('page') : undefined,
    duration: version.durationMs && type !== 'ImageObject' ? `PT${Math.round(version.durationMs / 1000)}S` : undefined,
    license: `${origin}${termsPath ?? licensingPath}`,
    acquireLicensePage: page,
    creditText: asset.creditLine || undefined,
    copyrightNotice: asset.copyrightNotice || undefined,
    creator: asset.creator
      ? { '@type': 'Person', name: asset.creator, ...(contributorPath && { url: `${origin}${contributorPath}` }) }
      : undefined,
    provider: { '@type': 'Organization', name: house.name },
    width: version.width ? `${version.width} px` : undefined,
    height: version.height ? `${version.height} px` : undefined,
    // An offer is one only where it can be had now, at this price, on this page.
    offers: offered?.sellable
      ? {
          '@type': 'Offer',
          url: page,
          price: offered.amount.value,
          priceCurrency: offered.amount.currency,
          availability: 'https://schema.org/InStock',
          seller: { '@type': 'Organization', name: house.name },
        }
      : undefined,
  }
  return JSON.parse(JSON.stringify(known)) as Json
}

/** The way from the front door to this page. */
function breadcrumbs({ origin, path, homePath, homeName, searchPath, searchName, asset, collections }: Shown): Json {
  const [collection] = collections
  const way = [
    { name: homeName, path: homePath },
    collection ? { name: collection.title, path: collection.path } : { name: searchName, path: searchPath },
    { name: asset.title, path },
  ]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: way.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: `${origin}${step.path}`,
    })),
  }
}

export const assetStructuredData = (shown: Shown): { [key: string]: Json } => ({
  '@context': 'https://schema.org',
  '@graph': [workObject(shown), breadcrumbs(shown)],
})
