import { Form } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { addDays } from '#services/kernel/period.ts'
import type { WorkVerb } from '#services/desk/worklist-schema.ts'

export const actWords: Record<WorkVerb, { title: string; submit: string; done: string }> = {
  assign: { title: 'Give to a colleague', submit: 'Assign', done: 'assigned' },
  snooze: { title: 'Put off', submit: 'Put off', done: 'put off' },
  done: { title: 'Mark as dealt with', submit: 'Mark as dealt with', done: 'marked as dealt with' },
  unmark: { title: 'Clear the mark', submit: 'Clear', done: 'open again' },
  withdraw: { title: 'Take off sale', submit: 'Take off sale', done: 'off sale' },
  change: { title: 'Plan a change', submit: 'Plan', done: 'planned' },
}

interface ActFormProps {
  verb: WorkVerb
  filter: string
  items: string[] | null
  today: string
  onSale: number
  colleagues: { id: string; name: string }[]
  me: string
  back: string
  error: string | null
}

function Fields({ verb, colleagues, me, today, onSale }: ActFormProps) {
  switch (verb) {
    case 'assign':
      return (
        <Select
          name="assigneeId"
          label="Who sees to it"
          defaultValue={me}
          options={[
            { value: '', label: 'Nobody' },
            ...colleagues.map(({ id, name }) => ({ value: id, label: id === me ? `${name} (you)` : name })),
          ]}
        />
      )
    case 'snooze':
      return (
        <>
          <TextField
            name="until"
            type="date"
            label="Until"
            hint="On this day they are on the list again."
            defaultValue={addDays(today, 7)}
            min={addDays(today, 1)}
            required
          />
          <TextArea name="note" label="Note" rows={2} maxLength={500} optional />
        </>
      )
    case 'done':
      return (
        <TextArea
          name="note"
          label="Note"
          hint="What was done, for colleagues and auditors. Should the ground change, the line is back."
          rows={3}
          maxLength={500}
          optional
        />
      )
    case 'withdraw':
      return (
        <>
          <Notice tone="warning" title={`${onSale.toLocaleString('en-GB')} ${onSale === 1 ? 'picture is' : 'pictures are'} published now`}>
            They leave the store and the portal at once. Licences already given stay what they are. To bring a picture back, it is reviewed
            and published anew.
          </Notice>
          <TextArea name="reason" label="Reason" rows={2} maxLength={500} required />
        </>
      )
    default:
      return null
  }
}

/** What will be done, with how much, before it is done. */
export function ActForm(props: ActFormProps) {
  const { verb, filter, items, back, error } = props
  return (
    <Form method="post" action="/rights/worklist/act">
      <Stack>
        <FormErrors errors={error ? [error] : undefined} />
        <input type="hidden" name="verb" value={verb} />
        <input type="hidden" name="filter" value={filter} />
        {items === null ? (
          <input type="hidden" name="all" value="yes" />
        ) : (
          items.map((item) => <input key={item} type="hidden" name="item" value={item} />)
        )}
        <Fields {...props} />
        <Cluster>
          <SubmitButton tone={verb === 'withdraw' ? 'danger' : 'primary'}>{actWords[verb].submit}</SubmitButton>
          <ButtonLink to={back} tone="quiet">
            Back
          </ButtonLink>
        </Cluster>
      </Stack>
    </Form>
  )
}
