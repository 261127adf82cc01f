import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CollectionStrip } from '#app/components/catalog/collection-strip.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { collectionsPage } from '#services/catalog/views.ts'

export const meta = () => titled('Collections', 'Pictures that belong together, chosen by hand.')
export const loader = async (args: LoaderFunctionArgs) => collectionsPage(await contextOf(args))

export default function Collections() {
  const { collections } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Collections">Pictures that belong together, chosen by hand.</PageHeader>
      {collections.length === 0 ? (
        <EmptyState icon="folder" title="No collection yet" action={<ButtonLink to="/search">All pictures</ButtonLink>}>
          The whole library can be searched meanwhile.
        </EmptyState>
      ) : (
        <div className="collection-list">
          {collections.map((collection) => (
            <CollectionStrip key={collection.slug} collection={collection} as="h2" />
          ))}
        </div>
      )}
    </Page>
  )
}
