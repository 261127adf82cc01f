import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'

/** Right after something was said about many lines: take it back. */
export function UndoStroke({ strokeId, back }: { strokeId: string; back: string }) {
  return (
    <Form method="post" action="/rights/worklist/undo" className="work-undo">
      <input type="hidden" name="strokeId" value={strokeId} />
      <input type="hidden" name="back" value={back} />
      <SubmitButton size="sm" tone="secondary" icon="history">
        Undo the last mark
      </SubmitButton>
    </Form>
  )
}
