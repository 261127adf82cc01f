import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { actionWords, type PolicyAction } from '#services/retention/rules/policy-rule.ts'

interface Shown {
  id: string
  action: PolicyAction
  changedAt: Date
  preview: { acts: number }
  may: Record<'write' | 'activate' | 'approve' | 'pause' | 'run', boolean>
}

const One = ({
  verb,
  label,
  tone,
  seenAt,
}: {
  verb: string
  label: string
  tone?: 'primary' | 'secondary' | 'quiet' | 'danger'
  seenAt?: Date
}) => (
  <Form method="post">
    <input type="hidden" name="verb" value={verb} />
    {seenAt && <input type="hidden" name="seenAt" value={seenAt.toISOString()} />}
    <SubmitButton tone={tone ?? 'primary'}>{label}</SubmitButton>
  </Form>
)

/** What may be done with a policy now. Running it by hand asks once more, with the number in sight. */
export function PolicyActions({ policy }: { policy: Shown }) {
  const { may, preview, action } = policy
  return (
    <>
      {may.approve && <One verb="approve" label="Agree to it" seenAt={policy.changedAt} />}
      {may.activate && <One verb="activate" label="Put it to work" />}
      {may.run && (
        <Dialog title={`Run it now, over ${preview.acts}?`} trigger="Run now" tone="primary">
          <Stack>
            <p>
              {actionWords[action]}: {many(preview.acts, 'asset')}, as the list below shows. What it does can be taken back for a week.
            </p>
            <One verb="run" label="Run now" tone="danger" />
          </Stack>
        </Dialog>
      )}
      {may.pause && <One verb="pause" label="Pause" tone="secondary" />}
      {may.write && (
        <ButtonLink to={`/library/policies/${policy.id}/edit`} tone="secondary">
          Change
        </ButtonLink>
      )}
      {may.write && (
        <Dialog title="End this policy for good?" trigger="End" tone="quiet">
          <Stack>
            <p>It does not run again. Its runs and what they did stay on record.</p>
            <One verb="end" label="End it" tone="danger" />
          </Stack>
        </Dialog>
      )}
    </>
  )
}
