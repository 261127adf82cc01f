import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'

export interface KeptView {
  id: string
  name: string
  shared: boolean
  mine: boolean
  owner: string
  isDefault: boolean
  /** How many it finds at present, where that is counted. */
  count?: number | null
}

/** What a desk calls its kept views, and where they are kept. */
export interface KeptViewsWords {
  action: string
  /** What they are, as the tabs and the dialog are called. */
  title: string
  trigger: string
  everything: string
  keep: string
  example: string
  share: string
  /** What opens with a view: “Open the library with …”. */
  opens: string
  longest: number
}

interface KeptViewsProps<V extends KeptView> {
  words: KeptViewsWords
  views: readonly V[]
  /** The one that is shown; `changed` where what is asked for has moved on since it was kept. */
  current: V | undefined
  changed?: boolean
  /** What would be kept now, by the name under which it is sent. */
  present: { name: string; value: string }
  /** Nothing is asked for: everything is shown. */
  plain: boolean
  everythingTo: string
  to: (view: V) => string
  mayShare: boolean
  className?: string
  children?: ReactNode
}

/** Kept views of a desk, own and shared, as tabs; a dialog keeps the present one under a name, and changes those that are one's own. */
export function KeptViews<V extends KeptView>(props: KeptViewsProps<V>) {
  const { words, views, current, changed, present, plain, everythingTo, to, mayShare, className, children } = props
  const { action, longest } = words
  const own = views.filter(({ mine }) => mine)
  return (
    <div className={['work-views', className].filter(Boolean).join(' ')}>
      <nav className="tabs" aria-label={words.title}>
        <Link to={everythingTo} aria-current={plain ? 'page' : undefined} preventScrollReset>
          {words.everything}
        </Link>
        {views.map((view) => (
          <Link
            key={view.id}
            to={to(view)}
            aria-current={view.id === current?.id && !changed ? 'page' : undefined}
            preventScrollReset
            title={view.mine ? undefined : `Shared by ${view.owner}`}
          >
            {view.name}
            {view.isDefault && <span aria-label="opens first"> ★</span>}
            {typeof view.count === 'number' && <span className="numeric"> {view.count.toLocaleString('en-GB')}</span>}
          </Link>
        ))}
      </nav>
      <Dialog title={words.title} trigger={words.trigger} tone="quiet" size="sm">
        <Stack>
          <Form method="post" action={action} className="work-view-form">
            <input type="hidden" name={present.name} value={present.value} />
            <TextField name="name" label={words.keep} maxLength={longest} required placeholder={words.example} />
            {mayShare && <Checkbox name="shared" label={words.share} />}
            <SubmitButton size="sm" name="verb" value="save">
              Keep
            </SubmitButton>
          </Form>
          {current && (
            <Form method="post" action={action}>
              <input type="hidden" name="viewId" value={current.isDefault ? '' : current.id} />
              <Button type="submit" size="sm" name="verb" value="prefer">
                {current.isDefault ? `No longer open with “${current.name}”` : `Open ${words.opens} with “${current.name}”`}
              </Button>
            </Form>
          )}
          {own.length > 0 && (
            <ul className="plain-list work-own-views">
              {own.map((view) => (
                <li key={view.id}>
                  <Form method="post" action={action} className="work-view-form">
                    <input type="hidden" name="viewId" value={view.id} />
                    <TextField name="name" label="Name" defaultValue={view.name} maxLength={longest} required />
                    {mayShare && <Checkbox name="shared" label={words.share} defaultChecked={view.shared} />}
                    <Button type="submit" size="sm" name="verb" value="change">
                      Save
                    </Button>
                    <Button type="submit" size="sm" tone="quiet" name="verb" value="drop" aria-label={`Delete ${view.name}`} formNoValidate>
                      Delete
                    </Button>
                  </Form>
                </li>
              ))}
            </ul>
          )}
          {children}
        </Stack>
      </Dialog>
    </div>
  )
}
