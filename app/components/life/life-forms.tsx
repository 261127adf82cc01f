import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { LifePage } from '#services/assets/life-views.ts'
import { stateWords } from '#services/assets/rules/asset-states.ts'

/** What came back for a form that was not taken: which, and what is wrong with each field. */
export interface Answer {
  verb: string
  errors: Record<string, string[]>
}
export interface Part {
  page: LifePage
  answer: Answer | undefined
}

/** One verb as a form of its own. */
export function Verb({ verb, children }: { verb: string; children: ReactNode }) {
  return (
    <Form method="post">
      <input type="hidden" name="verb" value={verb} />
      <Stack>{children}</Stack>
    </Form>
  )
}

/** What is wrong with a field of the form that was sent. */
export const wrong = (answer: Answer | undefined, verb: string, field: string): { errors?: string[] } => {
  const errors = answer?.verb === verb ? answer.errors[field] : undefined
  return errors ? { errors } : {}
}

const Reason = ({ answer, verb }: { answer: Answer | undefined; verb: string }) => (
  <TextArea name="reason" label="Reason" rows={2} required minLength={3} maxLength={1000} {...wrong(answer, verb, 'reason')} />
)

/** Publication at a time, its end, or the end of what is published. */
export function SchedulePanel({ page, answer }: Part) {
  const { may, written, zone } = page
  if (!may.schedule && !may.planEnd) return null
  const clock = `${zone.replace('_', ' ')} time`
  const verb = may.planEnd ? 'plan-end' : 'schedule'
  return (
    <Panel id="schedule" title={may.planEnd ? 'Publication' : may.unschedule ? 'Planned publication' : 'Plan the publication'}>
      <Stack>
        <Verb verb={verb}>
          {!may.planEnd && (
            <TextField
              name="publishOn"
              type="datetime-local"
              label="Publish on"
              hint={clock}
              min={written.now}
              required
              defaultValue={written.publishOn ?? ''}
              {...wrong(answer, verb, 'publishOn')}
            />
          )}
          <TextField
            name="unpublishOn"
            type="datetime-local"
            label="Withdraw on"
            hint={clock}
            min={written.now}
            optional
            defaultValue={written.unpublishOn ?? ''}
            {...wrong(answer, verb, 'unpublishOn')}
          />
          <div>
            <SubmitButton>{may.planEnd ? 'Save' : may.unschedule ? 'Change the plan' : 'Plan it'}</SubmitButton>
          </div>
        </Verb>
        {may.unschedule && (
          <Verb verb="unschedule">
            <div>
              <SubmitButton tone="quiet">Take the plan back</SubmitButton>
            </div>
          </Verb>
        )}
      </Stack>
    </Panel>
  )
}

/** Out of sight at once, and back. */
export function HoldPanel({ page, answer }: Part) {
  const { may, heldFrom, heldBy, stateReason, staff } = page
  if (may.resume)
    return (
      <Panel title="On hold">
        <Stack>
          <p>
            {stateReason} {heldBy && <span className="muted">{heldBy} looks after it.</span>}
          </p>
          <Verb verb="resume">
            <div>
              <SubmitButton>Resume as {heldFrom ? stateWords[heldFrom].toLowerCase() : 'before'}</SubmitButton>
            </div>
          </Verb>
        </Stack>
      </Panel>
    )
  if (!may.hold) return null
  return (
    <Panel id="hold" title="Hold">
      <Verb verb="hold">
        <p className="muted">Out of store and portal at once, until somebody resumes it. Licences already given stay valid.</p>
        <Reason answer={answer} verb="hold" />
        <Select
          name="ownerId"
          label="Who looks after it"
          optional
          placeholder="I do"
          options={staff.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <div>
          <SubmitButton tone="secondary">Put on hold</SubmitButton>
        </div>
      </Verb>
    </Panel>
  )
}

/** Nobody sees it but those who are named, until a time. */
export function EmbargoPanel({ page, answer }: Part) {
  const { may, embargo, staff, written, zone } = page
  if (!may.embargo && !embargo) return null
  return (
    <Panel id="embargo" title="Embargo">
      <Stack>
        {embargo && (
          <p>
            Until <When at={embargo.endsAt} zone={zone} />, then {stateWords[embargo.becomes].toLowerCase()}. It is seen by librarians, the
            rights desk{embargo.people.length > 0 && ` and ${embargo.people.map(({ name }) => name).join(', ')}`}.
          </p>
        )}
        {may.endEmbargo && (
          <Verb verb="end-embargo">
            <div>
              <SubmitButton tone="secondary">End it now</SubmitButton>
            </div>
          </Verb>
        )}
        {may.embargo && (
          <details>
            <summary>{embargo ? 'Change it' : 'Put it under embargo'}</summary>
            <Verb verb="embargo">
              <p className="muted">
                Nobody outside sees it, nobody inside but librarians, the rights desk and the people you name. Not even licensees.
              </p>
              <TextField
                name="endsOn"
                type="datetime-local"
                label="Until"
                min={written.now}
                hint={`${zone.replace('_', ' ')} time`}
                required
                defaultValue={written.embargoEndsOn ?? ''}
                {...wrong(answer, 'embargo', 'endsOn')}
              />
              <Select
                name="becomes"
                label="Then it is"
                defaultValue={embargo?.becomes ?? 'APPROVED'}
                options={[
                  { value: 'APPROVED', label: 'Approved, for somebody to publish' },
                  { value: 'PUBLISHED', label: 'Published' },
                ]}
              />
              <Fieldset legend="Who may see it all the same">
                {staff.map(({ id, name }) => (
                  <Checkbox
                    key={id}
                    name="people"
                    value={id}
                    label={name}
                    defaultChecked={embargo?.people.some((person) => person.id === id) ?? false}
                  />
                ))}
              </Fieldset>
              <Reason answer={answer} verb="embargo" />
              <div>
                <SubmitButton tone="secondary">{embargo ? 'Change the embargo' : 'Put under embargo'}</SubmitButton>
              </div>
            </Verb>
          </details>
        )}
      </Stack>
    </Panel>
  )
}

/** Until when it may be used at all. */
export function UsePanel({ page, answer }: Part) {
  const { may, written, state, stateReason } = page
  if (!may.useEnd) return null
  return (
    <Panel id="expire" title="End of use">
      <Stack>
        {state === 'EXPIRED' && <p>{stateReason} Set a later day, or none, and it can be published again.</p>}
        <Verb verb="use-end">
          <TextField
            name="endsOn"
            type="date"
            label="Last day"
            optional
            hint="The day after, it leaves store and portal."
            defaultValue={written.useEndsOn ?? ''}
            {...wrong(answer, 'use-end', 'endsOn')}
          />
          <div>
            <SubmitButton tone="secondary">Save</SubmitButton>
          </div>
        </Verb>
        {may.expire && (
          <div>
            <Dialog title="End its use now?" trigger="End its use now" tone="quiet">
              <Verb verb="expire">
                <p>It leaves store and portal at once. Licences already given stay valid.</p>
                <Reason answer={answer} verb="expire" />
                <div>
                  <SubmitButton tone="danger">End its use</SubmitButton>
                </div>
              </Verb>
            </Dialog>
          </div>
        )}
      </Stack>
    </Panel>
  )
}

/** Into the bin, or out of it. */
export function EndPanel({ page, answer }: Part) {
  const { may, purgeAt, purgedAt, retentionDays, zone, stateReason } = page
  if (purgedAt)
    return (
      <Panel title="Purged">
        <p>
          Its bytes went on <When at={purgedAt} zone={zone} to="day" />. What is left is its record and its history.
        </p>
      </Panel>
    )
  if (!may.withdraw && !may.archive && !may.delete && !may.restore) return null
  return (
    <Panel id="end" title={may.restore ? (purgeAt ? 'In the bin' : 'In the archive') : 'Out of use'}>
      <Stack>
        {may.restore && <p>{stateReason}</p>}
        {purgeAt && (
          <p>
            It can be restored until <When at={purgeAt} zone={zone} />; then its bytes go for good, unless a legal hold or a licence keeps
            them.
          </p>
        )}
        <Cluster>
          {may.restore && (
            <Verb verb="restore">
              <div>
                <SubmitButton>Restore as a draft</SubmitButton>
              </div>
            </Verb>
          )}
          {may.withdraw && (
            <Dialog title={`Withdraw “${page.title}”?`} trigger="Withdraw">
              <Verb verb="withdraw">
                <p>It leaves store and portal at once. Licences that were given stay valid.</p>
                <Reason answer={answer} verb="withdraw" />
                <div>
                  <SubmitButton tone="danger">Withdraw</SubmitButton>
                </div>
              </Verb>
            </Dialog>
          )}
          {may.archive && (
            <Dialog title={`Archive “${page.title}”?`} trigger="Archive">
              <Verb verb="archive">
                <p>It is kept and can be restored. Nobody outside sees it.</p>
                <Reason answer={answer} verb="archive" />
                <div>
                  <SubmitButton>Archive</SubmitButton>
                </div>
              </Verb>
            </Dialog>
          )}
          {may.delete && (
            <Dialog title={`Put “${page.title}” in the bin?`} trigger="Put in the bin" tone="danger">
              <Verb verb="delete">
                <p>It can be restored for {many(retentionDays, 'day')}. Licences already given stay valid, and keep it from being purged.</p>
                <Reason answer={answer} verb="delete" />
                <div>
                  <SubmitButton tone="danger">Put in the bin</SubmitButton>
                </div>
              </Verb>
            </Dialog>
          )}
        </Cluster>
      </Stack>
    </Panel>
  )
}
