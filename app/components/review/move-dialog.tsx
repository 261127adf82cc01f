import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { IconButton, SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import type { Verdict } from '#services/review/rules/route.ts'
import type { Task } from '#services/review/tasks.ts'

export interface Move {
  task: Task
  verdict: Verdict
  says: string
}

const ways: Record<Verdict, { path: string; label: string; tone: 'primary' | 'secondary' | 'danger' }> = {
  APPROVE: { path: 'approve', label: 'Approve', tone: 'primary' },
  ASK_CHANGES: { path: 'changes', label: 'Ask for changes', tone: 'primary' },
  REJECT: { path: 'reject', label: 'Reject', tone: 'danger' },
}

/** The question that a move on the board is: what it means, and the reason. Only its button decides. */
export function MoveDialog({ move, back, onClose }: { move: Move | null; back: string; onClose: (answered: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const answered = useRef(false)
  const { state } = useNavigation()
  useEffect(() => {
    if (!move) return
    answered.current = false
    dialog.current?.showModal()
  }, [move])
  // The answer is on its way back with the next page: the question is done.
  useEffect(() => {
    if (state === 'loading' && answered.current) dialog.current?.close()
  }, [state])
  const way = move && ways[move.verdict]
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="move-title" onClose={() => onClose(answered.current)}>
      {move && way && (
        <>
          <div className="dialog-head">
            <h2 id="move-title">
              {way.label}: “{move.task.asset.title}”
            </h2>
            <IconButton icon="close" label="Close" size="sm" onClick={() => dialog.current?.close()} />
          </div>
          <Form method="post" action={`/library/review/${move.task.reviewId}/${way.path}`} onSubmit={() => (answered.current = true)}>
            <input type="hidden" name="stepId" value={move.task.stepId} />
            <input type="hidden" name="versionId" value={move.task.version.id} />
            <input type="hidden" name="back" value={back} />
            <Stack>
              <p>{move.says}</p>
              {move.verdict === 'APPROVE' ? (
                <TextArea name="reason" label="A word for the record" optional rows={2} maxLength={1000} />
              ) : (
                <TextArea name="reason" label="Reason" rows={3} required minLength={3} maxLength={1000} />
              )}
              <div>
                <SubmitButton tone={way.tone} formAction={`/library/review/${move.task.reviewId}/${way.path}`}>
                  {way.label}
                </SubmitButton>
              </div>
            </Stack>
          </Form>
        </>
      )}
    </dialog>
  )
}
