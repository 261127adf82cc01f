import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { contributorPath } from '#app/components/catalog/contributor-path.ts'
import { NumberedPages } from '#app/components/catalog/numbered-pages.tsx'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { StructuredData } from '#app/components/shell/StructuredData.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { pageAsked } from '#app/http/page-asked.server.ts'
import { tilePrices } from '#app/http/tile-prices.server.ts'
import { localHref } from '#app/words/addresses.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { contributorPage } from '#services/catalog/contributors.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const found = await contributorPage(ctx, args.params.slug ?? '', pageAsked(args.request))
  // A name that was changed on every picture: the old address goes on leading to them.
  if ('movedTo' in found) throw redirect(localHref(ctx.language, contributorPath({ slug: found.movedTo })), 301)
  return { ...found, prices: await tilePrices(args.request, ctx, found.tiles), origin: ctx.origin }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'contributors')
  if (!data) return titled(t('title'))
  return [
    ...titled(t('pictures-by', { name: data.name }), t('described', { name: data.name, count: data.count })),
    { tagName: 'link', rel: 'alternate', type: 'application/atom+xml', title: data.name, href: `${contributorPath(data)}/feed.xml` },
  ]
}

export default function Contributor() {
  const t = useTranslations('contributors')
  const { slug, name, count, tiles, collections, page, pages, prices, origin } = useLoaderData<typeof loader>()
  const address = `${origin}${contributorPath({ slug })}`
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/contributors', label: t('title') }]} />
      <div className="contributor-head">
        <PageHeader
          title={name}
          eyebrow={t('count', { count })}
          actions={
            <ButtonLink to={`/search?${new URLSearchParams({ creator: name })}`} size="sm" icon="search">
              {t('search-within')}
            </ButtonLink>
          }
        >
          {collections.length > 0 &&
            t.rich('in-collections', {
              list: () => (
                <>
                  {collections.map((collection, n) => (
                    <span key={collection.slug}>
                      {n > 0 && ', '}
                      <Link to={`/collections/${collection.slug}`}>{collection.title}</Link>
                    </span>
                  ))}
                </>
              ),
            })}
        </PageHeader>
      </div>
      <PictureGrid tiles={tiles} eager={2} row="18rem" prices={prices} />
      <NumberedPages page={page} pages={pages} to={(n) => (n > 1 ? `${contributorPath({ slug })}?page=${n}` : contributorPath({ slug }))} />
      <StructuredData
        value={{
          '@context': 'https://schema.org',
          '@type': 'CollectionPage',
          name: t('pictures-by', { name }),
          url: address,
          about: { '@type': 'Person', '@id': `${address}#person`, name, url: address },
          mainEntity: {
            '@type': 'ItemList',
            numberOfItems: count,
            itemListElement: tiles.map((tile, n) => ({
              '@type': 'ListItem',
              position: n + 1,
              item: {
                '@type': 'ImageObject',
                name: tile.title,
                url: `${origin}/assets/${tile.id}`,
                acquireLicensePage: `${origin}/assets/${tile.id}`,
                ...(tile.versionId && { contentUrl: `${origin}${previewUrl(tile.id, 'grid', tile.versionId)}` }),
                creator: { '@id': `${address}#person` },
              },
            })),
          },
        }}
      />
    </Page>
  )
}
