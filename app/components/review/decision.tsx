import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { ReviewStatus } from '#app/components/assets/state-badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { approvalSays } from '#services/review/rules/board.ts'
import type { ReviewPage } from '#services/review/review-view.ts'
import { KeysHelp } from './keys-help.tsx'

const parts = { a: 'approve', c: 'changes', r: 'reject', e: 'reason' } as const
const remembered = 'review-keys'
const help = [
  { term: 'a, c, r', detail: 'To Approve, Ask for changes, Reject; then Enter' },
  { term: 'e', detail: 'To the reason' },
  { term: 'j, k', detail: 'The next that waits for you, the one before' },
]

/** What was decided, who decides, or the question itself. */
export function Decision({ page, openThreads }: { page: ReviewPage; openThreads: number }) {
  const { review, own, barred, chances, steps, zone } = page
  if (review.state !== 'WAITING' && review.state !== 'CANCELLED')
    return (
      <Notice tone="neutral" title={`Decided${review.decidedBy ? ` by ${review.decidedBy}` : ''}`}>
        <p>
          <ReviewStatus state={review.state} /> {review.decidedAt && <When at={review.decidedAt} zone={zone} />}
        </p>
        {review.reason && <p className="pre-line">{review.reason}</p>}
      </Notice>
    )
  if (review.state === 'CANCELLED') return null
  if (barred) return <Notice title="You sent this yourself">Somebody else judges it. You are told what they decide.</Notice>
  if (chances.length === 0) {
    const open = steps.filter(({ state }) => state === 'OPEN')
    const takes = open.some(({ mayTake }) => mayTake)
    return (
      <Notice title={`It waits for ${open.map(({ name }) => (name === 'Review' ? 'a reviewer' : name)).join(' and ')}`}>
        {takes ? 'You may take it over below.' : 'Your role may look at it; others decide.'}
      </Notice>
    )
  }
  return (
    <Panel
      title={chances.length === 1 && chances[0]?.step !== 'Review' ? `Your decision: ${chances[0]?.step}` : 'Your decision'}
      id="decide"
    >
      <Stack>
        {own && <Notice tone="info">You sent this yourself; this house lets you judge it.</Notice>}
        {openThreads > 0 && (
          <p className="small">
            {openThreads === 1 ? 'One thread about this version is' : `${openThreads} threads about this version are`} not resolved yet.
          </p>
        )}
        <DecisionForm page={page} key={review.id} />
      </Stack>
    </Panel>
  )
}

/** Three verbs, one reason. Letters move the focus and decide nothing by themselves; they can be turned off (WCAG 2.1.4). */
function DecisionForm({ page: { review, version, chances, steps } }: { page: ReviewPage }) {
  const [byKeys, setByKeys] = useState<boolean | null>(null)
  const [aim, setAim] = useState(0)
  useEffect(() => setByKeys(localStorage.getItem(remembered) !== 'off'), [])
  useEffect(() => {
    if (!byKeys) return
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input, textarea, select, [contenteditable]')) return
      const part = parts[event.key as keyof typeof parts]
      const way = event.key === 'j' || event.key === 'k' ? document.querySelector<HTMLElement>(`[data-review-key="${event.key}"]`) : null
      if (!part && !way) return
      event.preventDefault()
      if (way) way.click()
      else document.querySelector<HTMLElement>(`[data-decide="${part}"], [data-decision] [name="${part}"]`)?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [byKeys])
  const turn = (on: boolean) => {
    localStorage.setItem(remembered, on ? 'on' : 'off')
    setByKeys(on)
  }
  const action = (verb: string) => `/library/review/${review.id}/${verb}`
  const [only] = chances
  const chosen = chances[aim] ?? only
  const step = steps.find(({ id }) => id === chosen?.stepId)
  const beside = steps.filter(({ id, state }) => id !== step?.id && state === 'OPEN').map(({ name }) => name)
  return (
    <Form method="post" action={action('approve')} data-decision="">
      <input type="hidden" name="versionId" value={version.id} />
      <Stack>
        {chances.length > 1 ? (
          <Select
            name="aim"
            label="Step"
            options={chances.map(({ stepId, step: name, forId, forName }) => ({
              value: `${stepId} ${forId ?? ''}`.trim(),
              label: forName ? `${name}, for ${forName}` : name,
            }))}
            onChange={(event) => setAim(event.currentTarget.selectedIndex)}
          />
        ) : (
          only && <input type="hidden" name="aim" value={`${only.stepId} ${only.forId ?? ''}`.trim()} />
        )}
        {chances.length === 1 && only?.forName && <p className="small">You decide for {only.forName}, who is away.</p>}
        {step && steps.length > 1 && (
          <p className="small muted">{approvalSays({ step: step.name, opens: step.opens, last: step.last, beside })}</p>
        )}
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
          <div className="cluster" data-justify="between">
            <label className="choice small">
              <input type="checkbox" checked={byKeys} onChange={(event) => turn(event.target.checked)} />
              <span>
                Keys: <kbd>A</kbd> approve, <kbd>C</kbd> changes, <kbd>R</kbd> reject, <kbd>E</kbd> reason, then Enter
              </span>
            </label>
            <KeysHelp title="Keys, anywhere but in a field" keys={help} />
          </div>
        )}
      </Stack>
    </Form>
  )
}
