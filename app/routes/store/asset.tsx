import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { AssetFacts, Palette } from '#app/components/catalog/asset-facts.tsx'
import { AssetPreview } from '#app/components/catalog/asset-preview.tsx'
import { assetStructuredData } from '#app/components/catalog/asset-structured-data.ts'
import { CompareToggle } from '#app/components/catalog/compare-toggle.tsx'
import { contributorPath } from '#app/components/catalog/contributor-path.ts'
import { LicenceForm } from '#app/components/catalog/licence-form.tsx'
import { isMadeByModel } from '#app/components/catalog/origins.ts'
import { OthersUse } from '#app/components/catalog/others-use.tsx'
import { PackCards } from '#app/components/catalog/pack-cards.tsx'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { PlainTerms } from '#app/components/catalog/plain-terms.tsx'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { OwnCaseForm, UseExamples } from '#app/components/catalog/use-examples.tsx'
import { DownloadComp } from '#app/components/comps/download-comp.tsx'
import { AddToLightbox } from '#app/components/lightboxes/add-to-lightbox.tsx'
import { StructuredData } from '#app/components/shell/StructuredData.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Link, useLocalHref } from '#app/components/ui/link.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { offerFor } from '#app/http/offer.server.ts'
import { alikeShown } from '#app/http/remembered.server.ts'
import { rememberSeen } from '#app/http/seen.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { assetPage } from '#services/catalog/asset-views.ts'
import { isStaff } from '#services/kernel/actor.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const page = await assetPage(ctx, args.params.assetId ?? '', alikeShown)
  const offer = await offerFor(ctx, args.request, page.asset, page.house.timeZone)
  // Answers that change are the same look at the same picture.
  const headers = new URL(args.request.url).search === '' ? await rememberSeen(args, ctx, page.asset.id) : {}
  return data({ ...page, offer, origin: ctx.origin, mayBuy: !isStaff(ctx.actor) }, { headers })
}

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => {
  const t = wordsOf(languageOf(matches), 'asset')
  if (!page) return titled(t('picture'))
  const { asset, version, preview, origin } = page
  const words = asset.description || asset.altText
  return [
    ...titled(asset.creator ? t('by', { title: asset.title, creator: asset.creator }) : asset.title, words.slice(0, 160)),
    { property: 'og:type', content: 'website' },
    { property: 'og:title', content: asset.title },
    { property: 'og:description', content: words.slice(0, 200) },
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

function ForMachines({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const t = useTranslations('asset')
  const local = useLocalHref()
  const { offered } = page.offer
  const shown = {
    ...page,
    offered,
    path: local(`/assets/${page.asset.id}`),
    played: page.player.played?.preset ?? null,
    homePath: local('/'),
    homeName: t('home'),
    searchPath: local('/search'),
    searchName: t('search'),
    collections: page.collections.map(({ slug, title }) => ({ title, path: local(`/collections/${slug}`) })),
    contributorPath: page.contributor && local(contributorPath(page.contributor)),
    licensingPath: local('/licensing'),
    termsPath: offered && local(`/terms/${offered.termsTemplate.id}`),
  }
  return <StructuredData value={assetStructuredData(shown)} />
}

export default function Asset() {
  const t = useTranslations('asset')
  const l = useTranslations('licence')
  const page = useLoaderData<typeof loader>()
  const { asset, version, collections, contributor, series, more, offer, mayBuy } = page
  const { offered, examples, ownCase, packs, others, answers } = offer
  return (
    <article className="page asset-page">
      <AssetPreview asset={asset} version={version} preview={page.preview} player={page.player} />
      <div className="asset-buy" id="licence">
        <header>
          <h1>{asset.title}</h1>
          <p className="asset-by">
            {contributor ? <Link to={contributorPath(contributor)}>{contributor.name}</Link> : asset.creator}
            {asset.editorialOnly && <Badge tone="warning">{t('editorial')}</Badge>}
            {isMadeByModel(asset.digitalSourceType) && <Badge tone="info">{t('ai')}</Badge>}
          </p>
          <div className="cluster asset-acts">
            <AddToLightbox assetId={asset.id} />
            <DownloadComp assetId={asset.id} />
            <CompareToggle assetId={asset.id} />
          </div>
        </header>
        <LicenceForm key={asset.id} assetId={asset.id} offer={offer} mayBuy={mayBuy} />
        <p className="small">
          {l('planned')} <Link to={`/clearance?asset=${asset.id}`}>{l('may-i')}</Link>
        </p>
      </div>
      <div className="asset-understand">
        <PackCards packs={packs} />
        {examples && <UseExamples examples={examples} />}
        {offered && <OwnCaseForm answers={answers} ownCase={ownCase} />}
        {offered && <PlainTerms offered={offered} />}
      </div>
      <section className="asset-about" aria-label={t('about')}>
        {asset.description && <p className="asset-description">{asset.description}</p>}
        {asset.extendedDescription && (
          <details className="asset-extended">
            <summary>{t('extended')}</summary>
            <p>{asset.extendedDescription}</p>
          </details>
        )}
        <Palette colours={version.palette} />
        <AssetFacts
          asset={asset}
          version={version}
          collections={collections}
          contributor={contributor}
          releases={offer.releases}
          own={page.own}
        />
        <OthersUse others={others} />
      </section>
      {series.length > 0 && (
        <section className="asset-more">
          <h2>{t('series', { creator: asset.creator, date: asset.dateCreated ?? '' })}</h2>
          <PictureGrid tiles={series} row="10rem" />
        </section>
      )}
      {more.length > 0 && (
        <section className="asset-more">
          <div className="home-head">
            <h2>{t('similar')}</h2>
            <Link to={`/search?like=${asset.id}`}>{t('similar-all')}</Link>
          </div>
          <PictureGrid tiles={more} row="12rem" />
        </section>
      )}
      <p className="small">
        <Link to="/seen">{t('seen')}</Link>
      </p>
      <ForMachines page={page} />
    </article>
  )
}
