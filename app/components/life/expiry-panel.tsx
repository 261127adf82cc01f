import { Form } from '@remix-run/react'
import type { Expiry } from '#services/retention/rules/expiry.ts'
import { SubmitButton } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Stack } from '../ui/layout.tsx'
import { Panel } from '../ui/surfaces.tsx'
import { TextField } from '../ui/text-field.tsx'

const days = (count: number): string => (count === 0 ? 'at once' : count === 1 ? 'a day later' : `${count} days later`)

/** What the house has settled about pictures to which its rights have ended. */
export function ExpiryPanel({ expiry, maySet }: { expiry: Expiry; maySet: boolean }) {
  return (
    <Panel
      title="When our rights end"
      actions={
        maySet && (
          <Dialog title="When our rights to a picture end" trigger="Change" size="sm">
            <Form method="post">
              <Stack>
                <Checkbox name="on" label="It expires and is not shown any more" defaultChecked={expiry.on} />
                <TextField
                  name="graceDays"
                  type="number"
                  label="Days of grace"
                  hint="For a contract that is being renewed."
                  min={0}
                  max={365}
                  required
                  defaultValue={String(expiry.graceDays)}
                />
                <SubmitButton name="verb" value="expiry">
                  Save
                </SubmitButton>
              </Stack>
            </Form>
          </Dialog>
        )
      }
    >
      <p>
        {expiry.on
          ? `A picture expires when the last of our rights to it has ended, ${days(expiry.graceDays)}. From the end itself nobody can license it.`
          : 'A picture stays where it is when our rights to it end. Nobody can license it from then on.'}
      </p>
    </Panel>
  )
}
