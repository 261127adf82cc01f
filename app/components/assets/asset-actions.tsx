import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'

interface Actions {
  id: string
  title: string
  may: Record<'submit' | 'publish' | 'withdraw' | 'archive' | 'restore' | 'replace', boolean>
  checks: readonly { ok: boolean }[]
  /** Described well enough for a reviewer. */
  described: boolean
}

/** What may be done with an asset now. What cannot be undone quietly asks for its reason first. */
export function AssetActions({ id, title, may, checks, described }: Actions) {
  const address = (verb: string) => `/library/assets/${id}/${verb}`
  const complete = checks.every(({ ok }) => ok)
  return (
    <>
      {may.publish && complete && (
        <Form method="post" action={address('publish')}>
          <SubmitButton>Publish</SubmitButton>
        </Form>
      )}
      {may.restore && (
        <Form method="post" action={address('restore')}>
          <SubmitButton>Restore as a draft</SubmitButton>
        </Form>
      )}
      {may.submit && described && (
        <Dialog title={`Send “${title}” for review`} trigger="Send for review" tone={may.publish ? 'secondary' : 'primary'}>
          <Form method="post" action={address('submit')}>
            <Stack>
              <TextArea name="note" label="Note to the reviewers" optional rows={3} maxLength={1000} />
              <div>
                <SubmitButton>Send for review</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Dialog>
      )}
      {may.replace && (
        <ButtonLink to={`/library/upload?asset=${id}`} icon="upload">
          New version
        </ButtonLink>
      )}
      {may.withdraw && (
        <WithReason title={`Withdraw “${title}”`} verb="Withdraw" action={address('withdraw')}>
          It leaves store and portal at once. Licences that were given stay valid.
        </WithReason>
      )}
      {may.archive && (
        <WithReason title={`Archive “${title}”`} verb="Archive" action={address('archive')}>
          It is kept and can be restored. Nobody outside sees it.
        </WithReason>
      )}
    </>
  )
}

function WithReason({ title, verb, action, children }: { title: string; verb: string; action: string; children: string }) {
  return (
    <Dialog title={title} trigger={verb} tone={verb === 'Withdraw' ? 'danger' : 'secondary'}>
      <Form method="post" action={action}>
        <Stack>
          <p>{children}</p>
          <TextArea name="reason" label="Reason" rows={3} required minLength={3} maxLength={1000} />
          <div>
            <SubmitButton tone="danger">{verb}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Dialog>
  )
}
