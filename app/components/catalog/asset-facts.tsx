import type { assetPage } from '#services/catalog/views.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import { Link } from '@remix-run/react'
import { DescriptionList } from '../ui/description-list.tsx'

type Page = Awaited<ReturnType<typeof assetPage>>

const megabytes = (bytes: number) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`)
const formats: Record<string, string> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/tiff': 'TIFF',
  'image/svg+xml': 'SVG',
  'application/pdf': 'PDF',
}
/** IPTC's words for where a picture comes from, the common ones in plain English. */
const origins: Record<string, string> = {
  digitalCapture: 'Digital camera',
  negativeFilm: 'Negative film, digitised',
  positiveFilm: 'Slide film, digitised',
  print: 'Print, digitised',
  softwareImage: 'Made with software',
  trainedAlgorithmicMedia: 'Made by a generative model',
  compositeWithTrainedAlgorithmicMedia: 'Partly made by a generative model',
}

/** The colours of the picture, in a row. */
export function Palette({ colours }: { colours: readonly string[] }) {
  if (colours.length === 0) return null
  return (
    <ul className="palette" aria-label="Colours of this picture">
      {colours.slice(0, 8).map((colour) => (
        <li key={colour} style={{ background: colour }}>
          <span className="visually-hidden">{colour}</span>
        </li>
      ))}
    </ul>
  )
}

/** What is known about the picture and its file. */
export function AssetFacts({ asset, version, collections }: Pick<Page, 'asset' | 'version' | 'collections'>) {
  return (
    <DescriptionList
      facts={[
        { term: 'Creator', detail: asset.creator },
        { term: 'Credit', detail: asset.creditLine },
        { term: 'Copyright', detail: asset.copyrightNotice },
        { term: 'Source', detail: asset.sourceUrl ? <a href={asset.sourceUrl}>{asset.source || asset.sourceUrl}</a> : asset.source },
        { term: 'Date', detail: asset.dateCreated },
        { term: 'Kind', detail: kindWords[asset.kind] },
        { term: 'Origin', detail: asset.digitalSourceType && (origins[asset.digitalSourceType] ?? null) },
        {
          term: 'File',
          detail: [
            formats[version.mediaType] ?? version.mediaType,
            version.width && version.height
              ? `${version.width.toLocaleString('en-GB')} × ${version.height.toLocaleString('en-GB')} px`
              : '',
            version.pages && version.pages > 1 ? `${version.pages} pages` : '',
            megabytes(version.byteSize),
          ]
            .filter(Boolean)
            .join(', '),
        },
        {
          term: 'Collections',
          detail:
            collections.length > 0 &&
            collections.map(({ slug, title }, index) => (
              <span key={slug}>
                {index > 0 && ', '}
                <Link to={`/collections/${slug}`}>{title}</Link>
              </span>
            )),
        },
        {
          term: 'Keywords',
          detail: asset.keywords.length > 0 && (
            <span className="keywords">
              {asset.keywords.slice(0, 24).map((keyword) => (
                <Link key={keyword} to={`/search?q=${encodeURIComponent(`"${keyword}"`)}`}>
                  {keyword}
                </Link>
              ))}
            </span>
          ),
        },
      ].map(({ term, detail }) => ({ term, detail: detail === false ? null : detail }))}
    />
  )
}
