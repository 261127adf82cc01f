import { Form, Link } from '@remix-run/react'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { SavedView } from '#services/desk/saved-views.ts'

const action = '/rights/worklist/views'

function OwnView({ view, mayShare }: { view: SavedView; mayShare: boolean }) {
  return (
    <li>
      <Form method="post" action={action} className="work-view-form">
        <input type="hidden" name="viewId" value={view.id} />
        <TextField name="name" label="Name" defaultValue={view.name} maxLength={60} required />
        {mayShare && <Checkbox name="shared" label="Share with the desk" defaultChecked={view.shared} />}
        <Button type="submit" size="sm" name="verb" value="keep">
          Save
        </Button>
        <Button type="submit" size="sm" tone="quiet" name="verb" value="delete" aria-label={`Delete ${view.name}`} formNoValidate>
          Delete
        </Button>
      </Form>
    </li>
  )
}

/** Own views and those that the desk shares, as tabs; a dialog keeps the present filters under a name. */
export function WorkViews({
  views,
  current,
  query,
  mayShare,
}: {
  views: readonly SavedView[]
  current: string | null
  query: string
  mayShare: boolean
}) {
  const shown = views.find(({ id }) => id === current)
  const own = views.filter(({ mine }) => mine)
  return (
    <div className="work-views">
      <nav className="tabs" aria-label="Views">
        <Link to="/rights?view=usual" aria-current={query === '' && !shown ? 'page' : undefined} preventScrollReset>
          Usual
        </Link>
        {views.map((view) => (
          <Link
            key={view.id}
            to={`/rights?${view.query}${view.query ? '&' : ''}view=${view.id}`}
            aria-current={view.id === current && view.query === query ? 'page' : undefined}
            preventScrollReset
            title={view.mine ? undefined : `Shared by ${view.owner}`}
          >
            {view.name}
            {view.isDefault && <span aria-label="opens first"> ★</span>}
          </Link>
        ))}
      </nav>
      <Dialog title="Views" trigger="Views…" tone="quiet" size="sm">
        <Stack>
          <Form method="post" action={action} className="work-view-form">
            <input type="hidden" name="query" value={query} />
            <TextField name="name" label="Keep the present filters as" maxLength={60} required placeholder="Brandt, next quarter" />
            {mayShare && <Checkbox name="shared" label="Share with the desk" />}
            <SubmitButton size="sm" name="verb" value="save">
              Keep
            </SubmitButton>
          </Form>
          {shown && (
            <Form method="post" action={action}>
              <input type="hidden" name="viewId" value={shown.isDefault ? '' : shown.id} />
              <Button type="submit" size="sm" name="verb" value="prefer">
                {shown.isDefault ? `No longer open with “${shown.name}”` : `Open the list with “${shown.name}”`}
              </Button>
            </Form>
          )}
          {own.length > 0 && (
            <ul className="plain-list work-own-views">
              {own.map((view) => (
                <OwnView key={view.id} view={view} mayShare={mayShare} />
              ))}
            </ul>
          )}
        </Stack>
      </Dialog>
    </div>
  )
}
