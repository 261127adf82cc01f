import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Stack, VisuallyHidden } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { ReviewPage, StepShown } from '#services/review/review-view.ts'

/** What can be done with a step besides deciding it: take it, hand it on, ask somebody; and what was asked. */
export function StepActions({ page, step }: { page: ReviewPage; step: StepShown }) {
  const action = (verb: string) => `/library/review/${page.review.id}/${verb}`
  return (
    <>
      {(step.mayTake || step.mayHandOn) && (
        <div className="cluster" data-gap="sm">
          {step.mayTake && (
            <Form method="post" action={action('take')}>
              <input type="hidden" name="stepId" value={step.id} />
              {step.need === 'ALL' && step.missing[0] && <input type="hidden" name="fromId" value={step.missing[0].id} />}
              <SubmitButton size="sm" tone="secondary">
                {step.need === 'ALL' && step.missing[0]
                  ? `Take over from ${step.missing[0].name}`
                  : step.owner
                    ? 'Take over'
                    : 'Take it on'}
                <VisuallyHidden>: {step.name}</VisuallyHidden>
              </SubmitButton>
            </Form>
          )}
          {step.mayHandOn && step.colleagues.length > 0 && (
            // What was answered closes the question: the next one is a new dialog.
            <Dialog
              key={`${step.owner ?? ''}${step.missing.map(({ id }) => id).join('')}`}
              title={`Hand on: ${step.name}`}
              trigger="Hand on"
              size="sm"
              tone="quiet"
            >
              <Form method="post" action={action('hand-on')}>
                <input type="hidden" name="stepId" value={step.id} />
                <Stack>
                  {step.need === 'ALL' && step.missing.length > 1 && (
                    <Select name="fromId" label="Whose word" options={step.missing.map(({ id, name }) => ({ value: id, label: name }))} />
                  )}
                  <Select name="toId" label="To" options={step.colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
                  <TextArea name="note" label="Note" optional rows={2} maxLength={500} />
                  <div>
                    <SubmitButton formAction={action('hand-on')}>Hand on</SubmitButton>
                  </div>
                </Stack>
              </Form>
            </Dialog>
          )}
          {step.mayHandOn && page.colleagues.length > 0 && (
            <Dialog key={step.asked.length} title={`Ask a colleague: ${step.name}`} trigger="Ask a colleague" size="sm" tone="quiet">
              <Form method="post" action={action('consult')}>
                <input type="hidden" name="stepId" value={step.id} />
                <Stack>
                  <p className="small muted">The decision stays here and does not wait for the answer.</p>
                  <Select name="askedId" label="Whom" options={page.colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
                  <TextArea name="question" label="Question" rows={3} required minLength={3} maxLength={1000} />
                  <div>
                    <SubmitButton formAction={action('consult')}>Ask</SubmitButton>
                  </div>
                </Stack>
              </Form>
            </Dialog>
          )}
        </div>
      )}
      {step.asked.length > 0 && (
        <ul className="route-said small">
          {step.asked.map((one) => (
            <li key={one.id} id={`q-${one.id}`} tabIndex={-1}>
              {one.askedBy} asks {one.asked}: “{one.question}”
              {one.answer ? (
                <p>
                  {one.asked}: “{one.answer}” <When at={one.answeredAt ?? one.askedAt} zone={page.zone} />
                </p>
              ) : one.forMe ? (
                <Form method="post" action={action('answer')}>
                  <input type="hidden" name="questionId" value={one.id} />
                  <Stack gap="sm">
                    <TextArea name="answer" label="Your answer" rows={3} required maxLength={2000} />
                    <div>
                      <SubmitButton size="sm" formAction={action('answer')}>
                        Answer
                      </SubmitButton>
                    </div>
                  </Stack>
                </Form>
              ) : (
                <p className="muted">No answer yet.</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
