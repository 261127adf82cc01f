import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { NumberedPages } from '#app/components/catalog/numbered-pages.tsx'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { StructuredData } from '#app/components/shell/StructuredData.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { pageAsked } from '#app/http/page-asked.server.ts'
import { tilePrices } from '#app/http/tile-prices.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { collectionPage } from '#services/catalog/views.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const found = await collectionPage(ctx, args.params.slug ?? '', pageAsked(args.request))
  return { ...found, prices: await tilePrices(args.request, ctx, found.tiles), origin: ctx.origin }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'collections')
  if (!data) return titled(t('title'))
  return [
    ...titled(data.title, data.description.slice(0, 160) || t('described', { title: data.title, count: data.count })),
    { tagName: 'link', rel: 'alternate', type: 'application/atom+xml', title: data.title, href: `/collections/${data.slug}/feed.xml` },
  ]
}

export default function Collection() {
  const t = useTranslations('collections')
  const { slug, title, description, count, tiles, page, pages, prices, origin } = useLoaderData<typeof loader>()
  const address = `/collections/${slug}`
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/collections', label: t('title') }]} />
      <PageHeader title={title} eyebrow={t('count', { count })}>
        {description}
      </PageHeader>
      {count === 0 ? (
        <EmptyState icon="picture" title={t('empty')} action={<ButtonLink to="/collections">{t('others')}</ButtonLink>}>
          {t('empty-why')}
        </EmptyState>
      ) : (
        <PictureGrid tiles={tiles} eager={2} row="19rem" prices={prices} />
      )}
      <NumberedPages page={page} pages={pages} to={(n) => (n > 1 ? `${address}?page=${n}` : address)} />
      <StructuredData
        value={{
          '@context': 'https://schema.org',
          '@type': 'CollectionPage',
          name: title,
          ...(description && { description }),
          url: origin + address,
          mainEntity: {
            '@type': 'ItemList',
            numberOfItems: count,
            itemListElement: tiles.map((tile, n) => ({
              '@type': 'ListItem',
              position: n + 1,
              url: `${origin}/assets/${tile.id}`,
              name: tile.title,
              ...(tile.versionId && { image: `${origin}${previewUrl(tile.id, 'grid', tile.versionId)}` }),
            })),
          },
        }}
      />
    </Page>
  )
}
