import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useNavigation, useSubmit } from '@remix-run/react'
import { FacetPanel } from '#app/components/catalog/facet-panel.tsx'
import { SearchField } from '#app/components/catalog/search-field.tsx'
import { SearchResults } from '#app/components/catalog/search-results.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button } from '#app/components/ui/button.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { readWish } from '#services/catalog/rules/facets.ts'
import { rightsChoices } from '#services/catalog/rules/rights-choices.ts'
import { readRights } from '#services/catalog/rules/rights-wish.ts'
import { searchPage } from '#services/catalog/search.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const wish = { ...readWish(searchParams), rights: readRights(searchParams) }
  const found = await searchPage(ctx, wish)
  return {
    found,
    asked: { text: found.text, filters: wish.filters, sort: wish.sort, rights: found.rights && wish.rights },
    choices: rightsChoices(wish.rights),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  ...titled(data?.found.text ? `${data.found.text} – pictures` : 'All pictures'),
  // Every combination of words and filters is an address; search engines need none of them but the plain list.
  ...(data?.found.text || data?.found.filtered ? [{ name: 'robots', content: 'noindex' }] : []),
]

const countWords = (total: number) => `${total.toLocaleString('en-GB')} ${total === 1 ? 'picture' : 'pictures'}`

export default function Search() {
  const { found, asked, choices } = useLoaderData<typeof loader>()
  const submit = useSubmit()
  const { state, location } = useNavigation()
  const busy = state !== 'idle' && location?.pathname === '/search'
  const resubmit = (form: HTMLFormElement | null) => form && void submit(form, { replace: true, preventScrollReset: true })
  return (
    <Form
      action="/search"
      className="page search-page"
      onChange={(event) => {
        // Words wait for Enter; a tick or another order is meant at once.
        if (!(event.target instanceof HTMLInputElement && event.target.type === 'search')) resubmit(event.currentTarget)
      }}
    >
      <header className="search-head">
        <h1>{asked.text ? 'Search' : 'Pictures'}</h1>
        <search>
          <SearchField defaultValue={asked.text} />
        </search>
      </header>
      <div className="search-bar">
        <p role="status" className="numeric">
          {countWords(found.total)}
        </p>
        <div className="cluster">
          <label className="sort">
            <span className="muted small">Sort by</span>
            <select name="sort" className="input" defaultValue={asked.sort} key={asked.sort}>
              <option value="relevance">Relevance</option>
              <option value="newest">Newest first</option>
            </select>
          </label>
          <Button size="sm" icon="filter" data-facets-open="" {...{ popovertarget: 'facets' }}>
            Filters
          </Button>
        </div>
      </div>
      <div className="search-body" data-busy={busy || undefined}>
        <FacetPanel found={found} filters={asked.filters} rights={choices} />
        <SearchResults found={found} asked={asked} />
      </div>
    </Form>
  )
}
