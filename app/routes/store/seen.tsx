import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { carriedSeen } from '#app/http/seen.server.ts'
import { tilePrices } from '#app/http/tile-prices.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { recentlySeen, seenKept } from '#services/catalog/seen.ts'
import { isPerson } from '#services/kernel/actor.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const tiles = await recentlySeen(ctx, await carriedSeen(args.request), { limit: seenKept })
  return { tiles, prices: await tilePrices(args.request, ctx, tiles), known: isPerson(ctx.actor) }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => [
  ...titled(wordsOf(languageOf(matches), 'seen')('title')),
  { name: 'robots', content: 'noindex' },
]

export default function Seen() {
  const t = useTranslations('seen')
  const { tiles, prices, known } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        title={t('title')}
        actions={
          tiles.length > 0 && (
            <Form method="post" action="/seen/clear">
              <SubmitButton size="sm" tone="secondary" icon="trash">
                {t('clear')}
              </SubmitButton>
            </Form>
          )
        }
      >
        {known ? t('in-account') : t('in-browser')}
      </PageHeader>
      {tiles.length === 0 ? (
        <EmptyState icon="eye" title={t('none')} action={<ButtonLink to="/search">{t('look')}</ButtonLink>}>
          {t('none-why')}
        </EmptyState>
      ) : (
        <PictureGrid tiles={tiles} eager={2} prices={prices} />
      )}
    </Page>
  )
}
