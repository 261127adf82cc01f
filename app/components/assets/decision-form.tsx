import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'

const keys = { a: 'approve', c: 'changes', r: 'reject', e: 'reason' } as const
const remembered = 'review-keys'

/** Three verbs, one reason. Letters move the focus and decide nothing by themselves; they can be turned off (WCAG 2.1.4). */
export function DecisionForm({ reviewId }: { reviewId: string }) {
  const [byKeys, setByKeys] = useState<boolean | null>(null)
  useEffect(() => setByKeys(localStorage.getItem(remembered) !== 'off'), [])
  useEffect(() => {
    if (!byKeys) return
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input, textarea, select, [contenteditable]')) return
      const part = keys[event.key as keyof typeof keys]
      if (!part) return
      event.preventDefault()
      document.querySelector<HTMLElement>(`[data-decide="${part}"], [name="${part}"]`)?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [byKeys])
  const turn = (on: boolean) => {
    localStorage.setItem(remembered, on ? 'on' : 'off')
    setByKeys(on)
  }
  const action = (verb: string) => `/library/review/${reviewId}/${verb}`
  return (
    <Form method="post" action={action('approve')} key={reviewId}>
      <Stack>
        <TextArea
          name="reason"
          label="Reason"
          hint="Needed when you ask for changes or reject: the sender reads it."
          rows={4}
          minLength={3}
          maxLength={1000}
          required
        />
        <div className="decision">
          <SubmitButton formAction={action('approve')} formNoValidate data-decide="approve" icon="check">
            Approve
          </SubmitButton>
          <SubmitButton formAction={action('changes')} data-decide="changes" tone="secondary">
            Ask for changes
          </SubmitButton>
          <SubmitButton formAction={action('reject')} data-decide="reject" tone="danger">
            Reject
          </SubmitButton>
        </div>
        {byKeys !== null && (
          <label className="choice small">
            <input type="checkbox" checked={byKeys} onChange={(event) => turn(event.target.checked)} />
            <span>
              Keys: <kbd>A</kbd> approve, <kbd>C</kbd> changes, <kbd>R</kbd> reject, <kbd>E</kbd> reason, then Enter
            </span>
          </label>
        )}
      </Stack>
    </Form>
  )
}
