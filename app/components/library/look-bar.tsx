import { Form, useNavigate } from '@remix-run/react'
import { Button } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import type { LibraryDeskView } from '#services/catalog/library-views.ts'
import { columnWords, libraryColumns } from '#services/catalog/rules/library-columns.ts'
import { librarySorts } from '#services/catalog/rules/library-ask.ts'

const sizes = { small: 'Small', medium: 'Medium', large: 'Large' } as const

/** How the list lies: its order, pictures or rows, their size, the columns. All of it is remembered for the person. */
export function LookBar({ desk, sort, sorted }: { desk: LibraryDeskView; sort: string; sorted: (sort: string) => string }) {
  const navigate = useNavigate()
  return (
    <div className="look-bar">
      <label className="look-sort">
        <span className="small muted">Order</span>
        <select
          className="input"
          name="sort"
          form="library-search"
          value={sort}
          onChange={(event) => void navigate(sorted(event.target.value))}
        >
          <option value="">Best first</option>
          {Object.entries(librarySorts)
            .filter(([name]) => name !== 'relevance')
            .map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
        </select>
      </label>
      <Form method="post" action="/library/desk" className="cluster" data-gap="sm" preventScrollReset>
        <Button type="submit" size="sm" tone="quiet" name="layout" value={desk.layout === 'grid' ? 'list' : 'grid'}>
          {desk.layout === 'grid' ? 'Show as list' : 'Show pictures'}
        </Button>
        {desk.layout === 'grid' &&
          (Object.keys(sizes) as (keyof typeof sizes)[]).map((size) => (
            <Button key={size} type="submit" size="sm" tone="quiet" name="density" value={size} aria-pressed={desk.density === size}>
              {sizes[size]}
            </Button>
          ))}
      </Form>
      {desk.layout === 'list' && (
        <Dialog title="Columns" trigger="Columns…" tone="quiet" size="sm">
          <Form method="post" action="/library/desk">
            <div className="columns-choice">
              {libraryColumns.map((column) => (
                <Checkbox
                  key={column}
                  name="columns"
                  value={column}
                  label={columnWords[column]}
                  defaultChecked={desk.columns.includes(column)}
                />
              ))}
            </div>
            <Button type="submit" tone="primary">
              Show these
            </Button>
          </Form>
        </Dialog>
      )}
    </div>
  )
}
