import { useTranslations } from 'use-intl'
import type { ReleasesSeen } from '#services/rights/rules/releases-seen.ts'
import type { assetPage } from '#services/catalog/asset-views.ts'
import { phraseOf } from '#services/catalog/rules/phrase.ts'
import { kindWord } from '#services/assets/rules/asset-words.ts'
import { formatNumber } from '#services/kernel/language.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { clockWords } from '../assets/clock-words.ts'
import { CopyText } from '../ui/code.tsx'
import { DescriptionList } from '../ui/description-list.tsx'
import { Link } from '../ui/link.tsx'
import { contributorPath } from './contributor-path.ts'
import { originKeys } from './origins.ts'

type Page = Awaited<ReturnType<typeof assetPage>>

const formats: Record<string, string> = {
  'image/svg+xml': 'SVG',
  'image/vnd.adobe.photoshop': 'PSD',
  'video/quicktime': 'QuickTime',
  'audio/mpeg': 'MP3',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word (DOCX)',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint (PPTX)',
}
/** `image/jpeg` as people write it. */
const formatOf = (mediaType: string): string =>
  formats[mediaType] ?? (mediaType.split('/')[1] ?? mediaType).toUpperCase().replace('WEBP', 'WebP')
/** How wide so many pixels are on paper, in centimetres to one place. */
const onPaper = (pixels: number): number => Math.round((pixels / 300) * 25.4) / 10

/** The colours of the picture, in a row; each leads to pictures with one close to it. */
export function Palette({ colours }: { colours: readonly string[] }) {
  const t = useTranslations('asset')
  if (colours.length === 0) return null
  return (
    <ul className="palette" aria-label={t('palette')}>
      {colours.slice(0, 8).map((colour) => (
        <li key={colour}>
          <Link
            to={`/search?colour=${encodeURIComponent(colour)}`}
            style={{ background: colour }}
            aria-label={t('palette-search', { colour })}
            title={colour}
            rel="nofollow"
          />
        </li>
      ))}
    </ul>
  )
}

/** What is known about the picture and its file. */
export function AssetFacts({
  asset,
  version,
  collections,
  contributor,
  releases,
  own,
}: Pick<Page, 'asset' | 'version' | 'collections' | 'contributor' | 'own'> & { releases: ReleasesSeen }) {
  const t = useTranslations('asset')
  const language = useLanguage()
  const n = (count: number) => formatNumber(count, language)
  const { width, height, pages, durationMs, byteSize, mediaType } = version
  const origin = originKeys.find((key) => key === asset.digitalSourceType)
  const raster = mediaType.startsWith('image/') && mediaType !== 'image/svg+xml'
  const bytes = byteSize < 100_000 ? `${n(Math.max(1, Math.round(byteSize / 1000)))} kB` : `${n(Math.round(byteSize / 1e5) / 10)} MB`
  return (
    <DescriptionList
      facts={[
        {
          term: t('fact.creator'),
          detail: contributor ? <Link to={contributorPath(contributor)}>{contributor.name}</Link> : asset.creator,
        },
        { term: t('fact.credit'), detail: asset.creditLine && <CopyText value={asset.creditLine} /> },
        { term: t('fact.copyright'), detail: asset.copyrightNotice },
        {
          term: t('fact.source'),
          detail: asset.sourceUrl ? <a href={asset.sourceUrl}>{asset.source || asset.sourceUrl}</a> : asset.source,
        },
        { term: t('fact.date'), detail: asset.dateCreated },
        { term: t('fact.kind'), detail: kindWord(asset.kind, language) },
        { term: t('fact.origin'), detail: origin ? t(`origin.${origin}`) : null },
        { term: t('fact.people'), detail: t(`people.${releases.MODEL}`) },
        { term: t('fact.property'), detail: t(`property.${releases.PROPERTY}`) },
        {
          term: t('fact.file'),
          detail: [
            formatOf(mediaType),
            durationMs ? clockWords(durationMs) : '',
            width && height ? t('file.size', { width: n(width), height: n(height) }) : '',
            pages && pages > 1 ? t('file.pages', { count: pages }) : '',
            bytes,
          ]
            .filter(Boolean)
            .join(', '),
        },
        {
          term: t('fact.print'),
          detail: raster && width && height ? t('print-size', { width: n(onPaper(width)), height: n(onPaper(height)) }) : null,
        },
        {
          term: t('fact.collections'),
          detail:
            collections.length > 0 &&
            collections.map(({ slug, title }, index) => (
              <span key={slug}>
                {index > 0 && ', '}
                <Link to={`/collections/${slug}`}>{title}</Link>
              </span>
            )),
        },
        ...own.map(({ label, words, href, flag }) => ({
          term: label,
          detail: href ? (
            <a href={href} rel="nofollow noopener">
              {href}
            </a>
          ) : flag === null ? (
            words
          ) : (
            t(flag ? 'own.yes' : 'own.no')
          ),
        })),
        {
          term: t('fact.keywords'),
          detail: asset.keywords.length > 0 && (
            <span className="keywords">
              {asset.keywords.slice(0, 24).map((keyword) => {
                const phrase = phraseOf(keyword)
                return phrase === null ? (
                  <span key={keyword}>{keyword}</span>
                ) : (
                  <Link key={keyword} to={`/search?q=${encodeURIComponent(phrase)}`}>
                    {keyword}
                  </Link>
                )
              })}
            </span>
          ),
        },
      ].map(({ term, detail }) => ({ term, detail: detail === false ? null : detail }))}
    />
  )
}
