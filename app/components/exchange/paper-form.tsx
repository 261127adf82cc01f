import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { paperExtensions, paperWords } from '#services/exchange/rules/paper-types.ts'

/** Adds a signed paper. `action` takes the file as it streams; `fields` stand before it. */
export function PaperForm({ action, fields = {}, error }: { action: string; fields?: Record<string, string>; error?: string | undefined }) {
  return (
    <Form method="post" action={action} encType="multipart/form-data" className="stack">
      {error && (
        <Notice tone="danger" live title="The paper was not kept">
          <p>{error}</p>
        </Notice>
      )}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField
        name="file"
        type="file"
        label="Signed paper"
        hint={`${paperWords}, up to 50 MB. It is kept for good.`}
        accept={paperExtensions}
        required
      />
      <div>
        <SubmitButton icon="upload" tone="secondary">
          Keep the paper
        </SubmitButton>
      </div>
    </Form>
  )
}
