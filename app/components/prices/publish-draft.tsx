import { Form } from '@remix-run/react'
import { SubmitButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Stack } from '../ui/layout.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'

/** The end of a draft: it becomes the price, now or on a day to come, or it is thrown away. */
export function PublishDraft({ draftId, revision, note, changes }: { draftId: string; revision: number; note: string; changes: number }) {
  const here = `/rights/prices/drafts/${draftId}`
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
