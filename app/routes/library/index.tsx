import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useFetcher, useLoaderData, useSearchParams } from '@remix-run/react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { fieldsOfDragged } from '#app/components/library/dragged.ts'
import { FacetList } from '#app/components/library/facet-list.tsx'
import { LibraryList } from '#app/components/library/library-list.tsx'
import { LookBar } from '#app/components/library/look-bar.tsx'
import { askedWords } from '#app/components/library/asked-words.ts'
import { QueryField } from '#app/components/library/query-field.tsx'
import { TrayShelf } from '#app/components/library/tray-shelf.tsx'
import { ViewsBar } from '#app/components/library/views-bar.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { assetStateNames, stateWords } from '#services/assets/rules/asset-states.ts'
import { rememberSearch } from '#services/catalog/library-desk.ts'
import { libraryDesk, libraryPage } from '#services/catalog/library-views.ts'
import { putAway, readLibraryWish, writeLibraryWish } from '#services/catalog/rules/library-wish.ts'

export const meta = () => titled('Library')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { searchParams } = new URL(args.request.url)
  if ([...searchParams.keys()].length === 0) {
    const { views, defaultViewId } = await libraryDesk(ctx)
    const first = views.find(({ id }) => id === defaultViewId)
    if (first?.search) return redirect(`/library?${first.search}`)
  }
  const wish = readLibraryWish(searchParams)
  const page = await libraryPage(ctx, wish)
  if (wish.text.trim() && !wish.after && page.found.problems.length === 0) await rememberSearch(ctx, writeLibraryWish(wish))
  return { ...page, wish, search: writeLibraryWish(wish) }
}

export default function Library() {
  const { found, cards, facets, states, desk, views, wish, search, mayUpload, mayEdit, mayShare } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const collect = useFetcher()
  useRefreshWhile(cards.some(({ version }) => version?.processing === 'WAITING'))
  const to = (changed: Partial<typeof wish>) => `?${writeLibraryWish({ ...wish, ...changed }) || 'all'}`
  const toggled = (facet: string, value: string) => {
    const name = facet as keyof typeof wish.facets
    const values = wish.facets[name] ?? []
    return to({ facets: { ...wish.facets, [name]: values.includes(value) ? values.filter((one) => one !== value) : [...values, value] } })
  }
  const narrowed = search !== ''
  const all = Object.entries(states).reduce((sum, [state, n]) => ((putAway as readonly string[]).includes(state) ? sum : sum + n), 0)
  const now = wish.facets.state ?? []
  const upload = mayUpload && (
    <ButtonLink to="/library/upload" icon="upload" tone="primary">
      Upload files
    </ButtonLink>
  )
  const later = new URLSearchParams(params)
  if (found.next) later.set('after', found.next)
  return (
    <>
      <Page>
        <PageHeader title="Library" actions={upload} />
        <Form method="get" role="search" id="library-search" className="library-search">
          {Object.entries(wish.facets).flatMap(([facet, values]) =>
            values.map((value) => <input key={`${facet}:${value}`} type="hidden" name="f" value={`${facet}:${value}`} />),
          )}
          <QueryField value={wish.text} />
          <Button type="submit">Search</Button>
        </Form>
        <ViewsBar
          views={views}
          search={search}
          mayShare={mayShare}
          recent={desk.recent.map((one) => ({ label: askedWords(one), to: `/library?${one}` }))}
        />
        {found.problems.map(({ says, instead }) => (
          <Notice key={says} tone="warning" live>
            {says} {instead && <Link to={to({ text: instead })}>Search for {instead}</Link>}
          </Notice>
        ))}
        {found.read.length > 0 && (
          <p className="small muted">
            {found.read.map(({ wrong, right }) => `Nothing has “${wrong}”: this is for “${right}”.`).join(' ')} Put a word in quotation
            marks to look for it as it is.
          </p>
        )}
        {found.behind > 150 && (
          <p className="small muted" role="status">
            {found.behind >= 10_000 ? 'Thousands of' : found.behind.toLocaleString('en-GB')} changes are on their way into the search: a
            minute or two.
          </p>
        )}
        <Tabs
          label="States"
          tabs={[
            { to: to({ facets: { ...wish.facets, state: [] } }), label: 'All', count: all, current: now.length === 0 },
            ...assetStateNames
              .filter((state) => (states[state] ?? 0) > 0 || now.includes(state))
              .map((state) => ({
                to: to({ facets: { ...wish.facets, state: [state] } }),
                label: stateWords[state],
                count: states[state] ?? 0,
                current: now.length === 1 && now[0] === state,
              })),
          ]}
        />
        <div className="library-body">
          <Side>
            <FacetList
              facets={facets}
              toggled={toggled}
              onDrop={(collectionId, dragged) =>
                collect.submit({ collectionId, ...fieldsOfDragged(dragged) }, { method: 'post', action: '/library/collect' })
              }
            />
          </Side>
          <div className="library-results">
            <div className="library-head">
              <p role="status" className="small muted">
                {found.total.toLocaleString('en-GB')} {found.total === 1 ? 'asset' : 'assets'}
                {narrowed && (
                  <>
                    {' '}
                    · <Link to="?all">Clear the search</Link>
                  </>
                )}
              </p>
              <LookBar desk={desk} sort={wish.sort ?? ''} sorted={(sort) => to({ sort: (sort || null) as typeof wish.sort })} />
            </div>
            {cards.length === 0 ? (
              <Nothing first={all === 0 && !narrowed} upload={upload} />
            ) : (
              <LibraryList
                cards={cards}
                desk={desk}
                total={found.total}
                search={search}
                next={found.next ? `?${later}` : null}
                mayEdit={mayEdit}
              />
            )}
            <Pager next={found.next} />
          </div>
        </div>
      </Page>
      <TrayShelf count={desk.tray} />
    </>
  )
}

/** The panel: beside the list where there is room; on a telephone folded away. */
function Side({ children }: { children: ReactNode }) {
  const side = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (side.current && window.matchMedia('(max-width: 56rem)').matches) side.current.open = false
  }, [])
  return (
    <details className="library-side" open ref={side}>
      <summary>Narrow down</summary>
      {children}
    </details>
  )
}

function Nothing({ first, upload }: { first: boolean; upload: ReactNode }) {
  if (first)
    return (
      <EmptyState icon="picture" title="The library is empty" action={upload}>
        Upload the first pictures, logos or guidelines. Each becomes a draft that you describe, have reviewed and publish.
      </EmptyState>
    )
  return (
    <EmptyState icon="search" title="Nothing found" action={<ButtonLink to="/library?all">Show everything</ButtonLink>}>
      No asset fits all of this. Take off a filter, try fewer words, or look among the archived with state:archived.
    </EmptyState>
  )
}
