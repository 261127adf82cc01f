import { Form } from '@remix-run/react'
import { dayInWords } from '#services/kernel/days.ts'
import type { PriceDraftPage } from '#services/licensing/price-draft-views.ts'
import { SubmitButton } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'
import { Changes } from './figure-table.tsx'

/** The end of a draft: it becomes the price, now or on a day to come, or it is thrown away. */
export function PublishDraft({ page }: { page: PriceDraftPage }) {
  const { id, revision, note, coming } = page
  const changes = page.changes.length
  const here = `/rights/prices/drafts/${id}`
  return (
    <Panel title="Publish">
      <Stack>
        {changes === 0 || note === '' ? (
          <p className="muted">
            {changes === 0
              ? 'There is nothing to publish before a figure has changed and the draft is saved.'
              : 'Say first what is new in this version, and save.'}
          </p>
        ) : (
          <Form method="post" action={`${here}/publish`} className="stack">
            <input type="hidden" name="revision" value={revision} />
            <TextField
              name="from"
              type="date"
              label="First day"
              hint="Leave it empty to begin at once. Quotes and carts are priced anew; orders keep their price."
              optional
            />
            {coming && <Forward coming={coming} />}
            <SubmitButton>Publish {changes === 1 ? 'one change' : `${changes} changes`}</SubmitButton>
          </Form>
        )}
        <Dialog title="Throw this draft away?" trigger="Throw away" tone="danger">
          <p>Its figures are gone then. Published versions stay as they are.</p>
          <Form method="post" action={`${here}/drop`}>
            <SubmitButton tone="danger">Throw away</SubmitButton>
          </Form>
        </Dialog>
      </Stack>
    </Panel>
  )
}

/** What stands on prices to come holds their figures too: begun before their day, it changes more of today than the list beside it says. */
function Forward({ coming: { version, from, today, changes } }: { coming: NonNullable<PriceDraftPage['coming']> }) {
  return (
    <Notice tone="warning" title={`Version ${version} begins on ${dayInWords(from)}`}>
      <Stack gap="sm">
        <p>
          This draft stands on it. Begun earlier, it brings those figures forward as well: {changes.length === 1 ? 'one figure' : `${changes.length} figures`}{' '}
          of version {today}, which holds today, would change.
        </p>
        <details>
          <summary>What would change in the prices of today</summary>
          <Changes changes={changes} caption={`From version ${today}`} empty="Nothing." />
        </details>
        <Checkbox name="forward" value="yes" label={`Bring the figures of version ${version} forward if this begins before their day`} />
      </Stack>
    </Notice>
  )
}
