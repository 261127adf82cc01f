import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pictureCount } from '#app/components/catalog/collection-strip.tsx'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { collectionPage } from '#services/catalog/views.ts'

export const loader = async (args: LoaderFunctionArgs) => collectionPage(await contextOf(args), args.params.slug ?? '')

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  ...titled(data?.title ?? 'Collection', data?.description.slice(0, 160)),
  ...(data
    ? [{ tagName: 'link', rel: 'alternate', type: 'application/atom+xml', title: data.title, href: `/collections/${data.slug}/feed.xml` }]
    : []),
]

export default function Collection() {
  const { title, description, tiles } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/collections', label: 'Collections' }]} />
      <PageHeader title={title} eyebrow={pictureCount(tiles.length)}>
        {description}
      </PageHeader>
      {tiles.length === 0 ? (
        <EmptyState icon="picture" title="Nothing to show at present" action={<ButtonLink to="/collections">Other collections</ButtonLink>}>
          The pictures of this collection are not published just now.
        </EmptyState>
      ) : (
        <PictureGrid tiles={tiles} eager={6} row="19rem" />
      )}
    </Page>
  )
}
