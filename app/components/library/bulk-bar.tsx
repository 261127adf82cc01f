import { Button } from '#app/components/ui/button.tsx'
import { pickForm } from './results.tsx'

const figure = (n: number): string => n.toLocaleString('en-GB')

/** What can be done with what is picked. Without scripts it is always there, and takes the boxes that are ticked. */
export function BulkBar({
  picked,
  found,
  onPage,
  all,
  mayEdit,
  alive,
  onAll,
  onClear,
}: {
  picked: number
  found: number
  onPage: number
  all: boolean
  mayEdit: boolean
  alive: boolean
  onAll: () => void
  onClear: () => void
}) {
  return (
    <div className="bulk-bar" data-on={picked > 0 || undefined} data-alive={alive || undefined}>
      <p role="status" className="bulk-count">
        {picked > 0 ? `${figure(picked)} selected` : alive ? '' : 'Tick assets, then choose what to do with them.'}
      </p>
      {alive && picked > 0 && (
        <>
          {!all && found > onPage && (
            <button type="button" className="link-button" onClick={onAll}>
              Select all {figure(found)} found
            </button>
          )}
          <button type="button" className="link-button" onClick={onClear}>
            Clear
          </button>
        </>
      )}
      <div className="cluster bulk-acts" data-gap="sm">
        <Button type="submit" size="sm" tone="primary" form={pickForm} name="verb" value="open">
          Act on them…
        </Button>
        {mayEdit && (
          <Button type="submit" size="sm" form={pickForm} name="verb" value="edit" icon="edit">
            Edit
          </Button>
        )}
        <Button type="submit" size="sm" form={pickForm} name="verb" value="tray" icon="inbox">
          Put on tray
        </Button>
        <Button type="submit" size="sm" form={pickForm} name="verb" value="compare" icon="compare">
          Compare
        </Button>
        <Button type="submit" size="sm" form={pickForm} name="verb" value="csv" icon="download">
          CSV
        </Button>
      </div>
    </div>
  )
}
