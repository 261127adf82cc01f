import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { LibraryGrid, LibraryTable } from '#app/components/assets/library-results.tsx'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { titled } from '#app/components/shell/title.ts'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { assetStateNames, stateWords } from '#services/assets/rules/asset-states.ts'
import { assetKinds, kindWords } from '#services/assets/rules/asset-words.ts'
import { libraryFilters } from '#services/assets/schema.ts'
import { libraryList } from '#services/assets/views.ts'

export const meta = () => titled('Library')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const filters = libraryFilters.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  return { list: await libraryList(ctx, filters), filters }
}

export default function Library() {
  const { list, filters } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const rows = search.get('view') === 'list'
  const narrowed = Boolean(filters.text || filters.kind)
  const link = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search)
    next.delete('after')
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name)
      else next.set(name, value)
    }
    return `?${next}`
  }
  useRefreshWhile(list.items.some(({ version }) => version?.processing === 'WAITING'))
  const tabs = [
    { to: link({ state: null }), label: 'All', count: list.counts.ALL, current: !filters.state },
    ...assetStateNames.map((state) => ({
      to: link({ state }),
      label: stateWords[state],
      count: list.counts[state],
      current: filters.state === state,
    })),
  ]
  const upload = list.mayUpload && (
    <ButtonLink to="/library/upload" icon="upload" tone="primary">
      Upload files
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader title="Library" actions={upload} />
      <Form method="get" role="search" className="library-search">
        {filters.state && <input type="hidden" name="state" value={filters.state} />}
        {rows && <input type="hidden" name="view" value="list" />}
        <TextField
          key={`text ${filters.text ?? ''}`}
          name="text"
          type="search"
          label="Search"
          hideLabel
          placeholder="Title, keyword, creator, file name"
          defaultValue={filters.text}
        />
        <Select
          key={`kind ${filters.kind ?? ''}`}
          name="kind"
          label="Kind"
          hideLabel
          placeholder="Every kind"
          defaultValue={filters.kind ?? ''}
          options={assetKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
        />
        <Button type="submit" icon="search">
          Search
        </Button>
        <Link className="library-view" to={link({ view: rows ? null : 'list' })} preventScrollReset>
          {rows ? 'Show pictures' : 'Show as list'}
        </Link>
      </Form>
      <Tabs label="States" tabs={tabs} />
      <div className="library-results">
        {list.items.length === 0 ? (
          <Nothing first={list.counts.ALL + list.counts.ARCHIVED === 0 && !narrowed} narrowed={narrowed} upload={upload} />
        ) : rows ? (
          <LibraryTable items={list.items} />
        ) : (
          <LibraryGrid items={list.items} />
        )}
      </div>
      <Pager next={list.next} />
    </Page>
  )
}

function Nothing({ first, narrowed, upload }: { first: boolean; narrowed: boolean; upload: ReactNode }) {
  if (first)
    return (
      <EmptyState icon="picture" title="The library is empty" action={upload}>
        Upload the first pictures, logos or guidelines. Each becomes a draft that you describe, have reviewed and publish.
      </EmptyState>
    )
  return (
    <EmptyState icon="search" title="Nothing here" action={<ButtonLink to="/library">Show everything</ButtonLink>}>
      {narrowed ? 'No asset matches these words. Try fewer, or another kind.' : 'No asset is in this state at present.'}
    </EmptyState>
  )
}
