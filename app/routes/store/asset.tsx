import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AssetFacts, Palette } from '#app/components/catalog/asset-facts.tsx'
import { LicenceForm } from '#app/components/catalog/licence-form.tsx'
import { offerFor } from '#app/http/offer.server.ts'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { StructuredData } from '#app/components/shell/StructuredData.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { assetPage } from '#services/catalog/views.ts'
import { isStaff } from '#services/kernel/actor.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const page = await assetPage(ctx, args.params.assetId ?? '')
  const offer = await offerFor(ctx, page.asset, page.house.timeZone, new URL(args.request.url).searchParams)
  return data({ ...page, offer, origin: ctx.origin, mayBuy: !isStaff(ctx.actor) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  if (!page) return titled('Picture')
  const { asset, version, preview, origin } = page
  const address = `${origin}/assets/${asset.id}`
  const words = asset.description || asset.altText
  return [
    ...titled(asset.creator ? `${asset.title} by ${asset.creator}` : asset.title, words.slice(0, 160)),
    { tagName: 'link', rel: 'canonical', href: address },
    { property: 'og:type', content: 'website' },
    { property: 'og:title', content: asset.title },
    { property: 'og:description', content: words.slice(0, 200) },
    { property: 'og:url', content: address },
    ...(preview.page
      ? [
          { property: 'og:image', content: `${origin}${previewUrl(asset.id, 'page', version.id)}` },
          { property: 'og:image:width', content: String(preview.page.width) },
          { property: 'og:image:height', content: String(preview.page.height) },
          { property: 'og:image:alt', content: asset.altText },
          { name: 'twitter:card', content: 'summary_large_image' },
        ]
      : []),
  ]
}

/** schema.org's words for a picture that can be licensed; search engines mark such pictures. */
function imageObject({ asset, version, preview, origin, offer, house }: Loaded) {
  return {
    '@context': 'https://schema.org',
    '@type': 'ImageObject',
    name: asset.title,
    description: asset.description || asset.altText,
    contentUrl: preview.page ? `${origin}${previewUrl(asset.id, 'page', version.id)}` : undefined,
    license: offer.offered ? `${origin}/terms/${offer.offered.termsTemplate.id}` : `${origin}/licensing`,
    acquireLicensePage: `${origin}/assets/${asset.id}`,
    creditText: asset.creditLine || undefined,
    copyrightNotice: asset.copyrightNotice || undefined,
    creator: asset.creator ? { '@type': 'Person', name: asset.creator } : undefined,
    provider: { '@type': 'Organization', name: house.name },
    width: version.width ? `${version.width} px` : undefined,
    height: version.height ? `${version.height} px` : undefined,
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function Preview({ page: { asset, version, preview } }: { page: Loaded }) {
  const large = preview.page
  return (
    <figure className="asset-preview">
      <Picture
        src={large && previewUrl(asset.id, 'page', version.id)}
        {...(large &&
          preview.grid && {
            srcSet: `${previewUrl(asset.id, 'grid', version.id)} ${preview.grid.width}w, ${previewUrl(asset.id, 'page', version.id)} ${large.width}w`,
          })}
        sizes="(min-width: 60rem) 62vw, 100vw"
        alt={asset.altText}
        width={large?.width ?? version.width}
        height={large?.height ?? version.height}
        tint={version.dominantColour}
        fit="contain"
        icon={asset.kind === 'DOCUMENT' ? 'document' : 'picture'}
        eager
      />
    </figure>
  )
}

export default function Asset() {
  const page = useLoaderData<typeof loader>()
  const { asset, version, collections, more, offer, mayBuy } = page
  return (
    <article className="page asset-page">
      <Preview page={page} />
      <div className="asset-buy">
        <header>
          <h1>{asset.title}</h1>
          <p className="asset-by">
            {asset.creator}
            {asset.editorialOnly && <Badge tone="warning">Editorial use only</Badge>}
          </p>
        </header>
        <LicenceForm assetId={asset.id} offer={offer} mayBuy={mayBuy} />
        <p className="small">
          A use planned already? <Link to={`/clearance?asset=${asset.id}`}>May I use it?</Link>
        </p>
      </div>
      <section className="asset-about" aria-label="About this picture">
        {asset.description && <p className="asset-description">{asset.description}</p>}
        <Palette colours={version.palette} />
        <AssetFacts asset={asset} version={version} collections={collections} />
      </section>
      {more.length > 0 && (
        <section className="asset-more">
          <div className="home-head">
            <h2>More like this</h2>
          </div>
          <PictureGrid tiles={more} row="12rem" />
        </section>
      )}
      <StructuredData value={imageObject(page)} />
    </article>
  )
}
