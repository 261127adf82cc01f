import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useLocation, useNavigation, useSubmit } from '@remix-run/react'
import { FacetPanel } from '#app/components/catalog/facet-panel.tsx'
import { useLearning } from '#app/components/catalog/use-learning.ts'
import { SearchBar } from '#app/components/catalog/search-bar.tsx'
import { SearchField } from '#app/components/catalog/search-field.tsx'
import { SearchResults } from '#app/components/catalog/search-results.tsx'
import { titled } from '#app/components/shell/title.ts'
import { useLocalHref } from '#app/components/ui/link.tsx'
import { wayOf } from '#app/http/browsing.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { currencyOf } from '#app/http/currency.server.ts'
import { listedPrices } from '#app/http/tile-prices.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { useWords } from '#app/words/use-words.ts'
import { readWish } from '#services/catalog/rules/facets.ts'
import { rightsChoices } from '#services/catalog/rules/rights-choices.ts'
import { readRights } from '#services/catalog/rules/rights-wish.ts'
import { searchPage } from '#services/catalog/search.ts'
import { waysOut } from '#services/catalog/ways-out.ts'
import { priceList } from '#services/licensing/store-prices.ts'
import { isPerson } from '#services/kernel/actor.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const list = await priceList(ctx, await currencyOf(args.request, ctx))
  const wish = {
    ...readWish(searchParams),
    rights: readRights(searchParams),
    prices: list,
    language: ctx.language,
    uncounted: searchParams.get('facets') === 'no',
  }
  const found = await searchPage(ctx, wish)
  const [ways, way] = await Promise.all([found.total === 0 ? waysOut(ctx, wish) : null, wayOf(args.request)])
  return {
    found,
    asked: {
      text: found.text,
      filters: wish.filters,
      sort: wish.sort,
      rights: found.rights && wish.rights,
      tint: found.tint,
      like: found.like?.id ?? '',
    },
    choices: rightsChoices(wish.rights, ctx.language),
    prices: listedPrices(list, found.tiles, ctx.language),
    ways,
    way,
    signedIn: isPerson(ctx.actor),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'search')
  return [
    ...titled(data?.found.text ? t('title-for', { text: data.found.text }) : t('all-pictures'), t('description')),
    // Every combination of words and filters is an address; search engines need none of them but the plain list.
    ...(data?.found.text || data?.found.filtered ? [{ name: 'robots', content: 'noindex' }] : []),
  ]
}

export default function Search() {
  const t = useWords('search')
  const { found, asked, choices, prices, ways, way, signedIn } = useLoaderData<typeof loader>()
  useLearning(found.learns, asked.text)
  const submit = useSubmit()
  const href = useLocalHref()
  const here = useLocation()
  const { state, location, formAction } = useNavigation()
  const busy = state !== 'idle' && location?.pathname === here.pathname && formAction !== '/search/way'
  const resubmit = (form: HTMLFormElement | null) => form && void submit(form, { replace: true, preventScrollReset: true })
  return (
    <>
      <Form
        action={href('/search')}
        className="page search-page"
        onChange={(event) => {
          // Words wait for Enter; a tick or another order is meant at once.
          if (!(event.target instanceof HTMLInputElement && event.target.type === 'search')) resubmit(event.currentTarget)
        }}
      >
        <header className="search-head">
          <h1>{asked.text ? t('search') : t('pictures')}</h1>
          <search>
            <SearchField defaultValue={asked.text} />
          </search>
          {asked.like && <input type="hidden" name="like" value={asked.like} />}
        </header>
        <SearchBar total={found.total} asked={asked} way={way} signedIn={signedIn} />
        <div className="search-body" data-busy={busy || undefined} aria-busy={busy}>
          <FacetPanel found={found} filters={asked.filters} rights={choices} />
          <SearchResults found={found} asked={asked} prices={prices} ways={ways} continuous={way === 'continuous'} />
        </div>
      </Form>
      {/* Outside of the other: the buttons for it stand in the bar. */}
      <Form id="results-way" method="post" action="/search/way" preventScrollReset>
        <input type="hidden" name="back" value={here.pathname + here.search} />
      </Form>
    </>
  )
}
