import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import type { Wish } from '#services/licensing/desk-views.ts'

/** Grant as asked or less, or refuse with a reason. What is unticked is left out; nothing can be added. */
export function RequestDecision({ requestId, wish }: { requestId: string; wish: Wish }) {
  return (
    <Panel title="Your decision">
      <Stack gap="lg">
        <Form method="post" action={`/rights/requests/${requestId}/grant`}>
          <Stack>
            <Fieldset legend="Media">
              {wish.media.map(({ code, label }) => (
                <Checkbox key={code} name="media" value={code} label={label} defaultChecked />
              ))}
            </Fieldset>
            <Fieldset legend="Places">
              {wish.places.map(({ code, label }) => (
                <Checkbox key={code} name="territory" value={code} label={label} defaultChecked />
              ))}
            </Fieldset>
            <Columns least="10rem">
              <TextField name="from" type="date" label="First day" defaultValue={wish.from} min={wish.from} max={wish.until ?? undefined} />
              <TextField
                name="until"
                type="date"
                label="Last day"
                defaultValue={wish.until ?? ''}
                min={wish.from}
                max={wish.until ?? undefined}
              />
            </Columns>
            {wish.exclusive && <Checkbox name="plain" label="Grant it, but not exclusively" />}
            <TextArea name="reason" label="A word to them" optional maxLength={1000} rows={2} />
            <SubmitButton>Grant</SubmitButton>
          </Stack>
        </Form>
        <Dialog title="Refuse this request?" trigger="Refuse" tone="danger">
          <Form method="post" action={`/rights/requests/${requestId}/refuse`}>
            <Stack>
              <TextArea
                name="reason"
                label="Why"
                hint="They read this: say what would be possible."
                required
                minLength={3}
                maxLength={1000}
              />
              <SubmitButton tone="danger">Refuse</SubmitButton>
            </Stack>
          </Form>
        </Dialog>
      </Stack>
    </Panel>
  )
}
