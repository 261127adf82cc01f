import { Form, useLocation } from '@remix-run/react'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { ChangePlanPage } from '#services/desk/change-views.ts'
import { decisionsOf, type Decision } from '#services/desk/rules/change-decisions.ts'
import { changeSubjects } from '#services/desk/rules/change-states.ts'
import { decisionWords, subjectWords } from './change-words.ts'

const decisions = [...new Set(changeSubjects.flatMap((kind): readonly Decision[] => decisionsOf[kind]))]

/** How far a draft is decided, and the three ways on: take what is proposed, apply, or drop. */
export function DraftSteps({ page }: { page: ChangePlanPage }) {
  const { plan, kinds } = page
  const { search } = useLocation()
  const holds = kinds.find(({ kind }) => kind === 'HOLD')?.lines ?? 0
  const toDecide = plan.items - holds
  const decided = toDecide - plan.undecided
  return (
    <Panel title="Decide, then apply">
      <Stack gap="md">
        {toDecide > 0 && (
          <Progress
            label="Lines decided"
            value={decided}
            max={toDecide}
            note={`${decided.toLocaleString('en-GB')} of ${toDecide.toLocaleString('en-GB')}`}
          />
        )}
        <Cluster gap="sm">
          {plan.undecided > 0 && (
            <Form method="post" action={`/rights/changes/${plan.id}/decide-many`} preventScrollReset>
              <input type="hidden" name="decision" value="open" />
              <input type="hidden" name="back" value={search} />
              <SubmitButton name="verdict" value="SUGGESTED" tone="secondary">
                Accept all suggestions for what is open
              </SubmitButton>
            </Form>
          )}
          <Dialog title="Apply this change?" trigger="Apply the change" tone="primary">
            <Form method="post" action={`/rights/changes/${plan.id}/apply`}>
              <Stack>
                <p>
                  From this instant nothing more can be sold on what falls away, for all {plan.assets.toLocaleString('en-GB')}{' '}
                  {plan.assets === 1 ? 'picture' : 'pictures'} at once. Then every line is carried out as it was decided; letters and
                  refunds go out.
                </p>
                {plan.undecided > 0 ? (
                  <p>
                    <strong>
                      {plan.undecided === 1 ? 'One line is' : `${plan.undecided.toLocaleString('en-GB')} lines are`} still undecided: decide
                      first.
                    </strong>
                  </p>
                ) : (
                  <SubmitButton>Apply now</SubmitButton>
                )}
              </Stack>
            </Form>
          </Dialog>
          <Form method="post" action={`/rights/changes/${plan.id}/redraw`}>
            <SubmitButton tone="quiet">Draw it up anew</SubmitButton>
          </Form>
          <Dialog title="Drop this plan?" trigger="Drop" tone="quiet">
            <Form method="post" action={`/rights/changes/${plan.id}/drop`}>
              <Stack>
                <p>The plan stays on record as dropped. Nothing has happened by it.</p>
                <SubmitButton tone="danger">Drop the plan</SubmitButton>
              </Stack>
            </Form>
          </Dialog>
        </Cluster>
      </Stack>
    </Panel>
  )
}

/** Which lines are shown. A form, so that it works without JavaScript. */
export function LineFilter({ page }: { page: ChangePlanPage }) {
  const { filter } = page
  return (
    <Form method="get" preventScrollReset className="change-many change-noprint" role="search" aria-label="Lines">
      {filter.kind && <input type="hidden" name="kind" value={filter.kind} />}
      <Select
        key={`decision ${filter.decision ?? ''}`}
        name="decision"
        label="Decision"
        defaultValue={filter.decision ?? ''}
        options={[
          { value: '', label: 'Any' },
          { value: 'open', label: 'Not decided' },
          { value: 'failed', label: 'Could not be done' },
          ...decisions.map((value) => ({ value, label: decisionWords[value].label })),
        ]}
      />
      <Select
        key={`loses ${filter.loses ?? ''}`}
        name="loses"
        label="Loses"
        defaultValue={filter.loses ?? ''}
        options={[
          { value: '', label: 'Anything' },
          { value: 'whole', label: 'Everything' },
          { value: 'part', label: 'A part' },
        ]}
      />
      <Button type="submit">Show</Button>
    </Form>
  )
}

/** One verdict for every line that is shown, on this page and the ones after it. */
export function DecideMany({ page }: { page: ChangePlanPage }) {
  const { plan, filter, shown } = page
  const { search } = useLocation()
  const choices = filter.kind ? decisionsOf[filter.kind] : decisions.filter((decision) => decision !== 'WAIT')
  if (shown === 0 || filter.kind === 'HOLD') return null
  const what = filter.kind
    ? (shown === 1 ? subjectWords[filter.kind].one : subjectWords[filter.kind].many).toLowerCase()
    : shown === 1
      ? 'line'
      : 'lines'
  return (
    <Form method="post" action={`/rights/changes/${plan.id}/decide-many`} preventScrollReset className="change-many change-noprint">
      {filter.kind && <input type="hidden" name="kind" value={filter.kind} />}
      {filter.decision && <input type="hidden" name="decision" value={filter.decision} />}
      {filter.loses && <input type="hidden" name="loses" value={filter.loses} />}
      <input type="hidden" name="back" value={search} />
      <Select
        name="verdict"
        label={`For all ${shown.toLocaleString('en-GB')} ${what} shown`}
        required
        placeholder="Choose"
        options={[
          { value: 'SUGGESTED', label: 'What is suggested for each' },
          ...choices.map((value) => ({ value, label: decisionWords[value].label })),
        ]}
      />
      <TextField name="note" label="Note" optional maxLength={500} />
      <SubmitButton tone="secondary">Decide them</SubmitButton>
    </Form>
  )
}
