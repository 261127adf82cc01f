import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { CompareUse } from '#app/components/catalog/compare-use.tsx'
import { Comparison, RightsInWords } from '#app/components/catalog/comparison.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { comparedIds, trayOf } from '#app/http/compare.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { tilePrices } from '#app/http/tile-prices.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { comparePage } from '#services/catalog/compare-view.ts'
import { compareHref, useInSearch } from '#services/catalog/rules/compare.ts'
import { rightsChoices } from '#services/catalog/rules/rights-choices.ts'
import { readRights } from '#services/catalog/rules/rights-wish.ts'

/** The address says which pictures and for which use; without any it becomes that of the tray, so that it can be sent on. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const asked = comparedIds(searchParams.getAll('a'))
  if (asked.length === 0) {
    const tray = await trayOf(args.request)
    if (tray.length > 0 && !searchParams.has('empty')) throw redirect(compareHref(tray, useInSearch(searchParams)))
  }
  const wish = readRights(searchParams)
  const { sides: found, use } = await comparePage(ctx, asked, wish)
  const prices = await tilePrices(
    args.request,
    ctx,
    found.map(({ tile }) => tile),
  )
  return {
    sides: found.map((side) => ({ ...side, price: (side.tile.factorBp !== null && prices[side.tile.factorBp]) || null })),
    use,
    // A day that cannot be asked for is not shown as if it had been.
    asked: { ...wish, until: wish.until === use.until ? wish.until : '' },
    choices: rightsChoices(wish, ctx.language),
    left: asked.length - found.length,
    only: searchParams.get('only') === 'differences',
    origin: ctx.origin,
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => [
  ...titled(wordsOf(languageOf(matches), 'compare')('title')),
  { name: 'robots', content: 'noindex' },
]

export default function Compare() {
  const t = useTranslations('compare')
  const { sides, use, asked, choices, left, only, origin } = useLoaderData<typeof loader>()
  const ids = sides.map(({ tile }) => tile.id)
  const here = compareHref(ids, asked)
  const without = (id: string) => {
    const rest = ids.filter((other) => other !== id)
    return rest.length > 0 ? compareHref(rest, asked) : '/compare?empty'
  }
  return (
    <Page>
      <PageHeader
        title={t('title')}
        actions={
          sides.length > 1 && (
            <>
              <ButtonLink to={only ? here : `${here}&only=differences`} size="sm" preventScrollReset>
                {only ? t('show-all') : t('show-differences')}
              </ButtonLink>
              <CopyText value={`${origin}${here}`} shown={t('address')} label={t('copy-address')} />
            </>
          )
        }
      >
        {t('lede')}
      </PageHeader>
      {left > 0 && <p className="muted">{t('left', { count: left })}</p>}
      {sides.length === 0 ? (
        <EmptyState icon="compare" title={t('nothing')} action={<ButtonLink to="/search">{t('look')}</ButtonLink>}>
          {t('nothing-why')}
        </EmptyState>
      ) : (
        <>
          {sides.length > 1 ? <RightsInWords sides={sides} use={use} /> : <p className="muted">{t('one-more')}</p>}
          <CompareUse ids={ids} asked={asked} choices={choices} only={only} />
          <Comparison
            sides={sides}
            use={use}
            only={only && sides.length > 1}
            without={(id) => (
              <Link to={without(id)} className="small" preventScrollReset>
                {t('leave-out')}
              </Link>
            )}
          />
        </>
      )}
    </Page>
  )
}
