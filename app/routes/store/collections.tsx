import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { CollectionCard } from '#app/components/catalog/collection-card.tsx'
import { NumberedPages } from '#app/components/catalog/numbered-pages.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { pageAsked } from '#app/http/page-asked.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { collectionsPage } from '#services/catalog/views.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'collections')
  return titled(t('title'), t('lede'))
}
export const loader = async (args: LoaderFunctionArgs) => collectionsPage(await contextOf(args), pageAsked(args.request))

export default function Collections() {
  const t = useTranslations('collections')
  const { collections, page, pages } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title={t('title')}>{t('lede')}</PageHeader>
      {collections.length === 0 ? (
        <EmptyState icon="folder" title={t('none')} action={<ButtonLink to="/search">{t('all-pictures')}</ButtonLink>}>
          {t('none-why')}
        </EmptyState>
      ) : (
        <div className="collection-cards">
          {collections.map((collection) => (
            <CollectionCard key={collection.slug} collection={collection} as="h2" />
          ))}
        </div>
      )}
      <NumberedPages page={page} pages={pages} to={(n) => (n > 1 ? `/collections?page=${n}` : '/collections')} />
    </Page>
  )
}
