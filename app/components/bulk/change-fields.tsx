import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { TypeAhead } from '#app/components/ui/type-ahead.tsx'
import { audienceWords, kindWords } from '#services/assets/rules/asset-words.ts'
import type { BulkField, BulkOp } from '#services/assets/rules/bulk-changes.ts'

type Options = Record<string, { id: string; label: string }[]>
interface Props {
  change: string
  field: BulkField | null
  op: BulkOp
  options: Options
}

const optionsOf = (list: { id: string; label: string }[]) => list.map(({ id, label }) => ({ value: id, label }))
const wordOf = (value: string): string =>
  ({ ...kindWords, ...audienceWords })[value as keyof typeof kindWords | keyof typeof audienceWords] ?? value

/** What one change needs to be told. */
export function ChangeFields({ change, field, op, options }: Props) {
  if (!field || op === 'move-term') {
    const all = Object.values(options).flatMap(optionsOf)
    return (
      <Columns least="14rem" gap="md">
        <Select name={`${change}.find`} label="From this term" options={all} placeholder="Choose" />
        <Select name={`${change}.put`} label="to this one" options={all} placeholder="Choose" />
      </Columns>
    )
  }
  const terms = optionsOf(options[field.vocabularyId ?? ''] ?? [])
  if (op === 'clear') return <p className="muted small">Whatever it says now is taken out.</p>
  if (op === 'from-file')
    return (
      <Checkbox
        name={`${change}.over`}
        value="on"
        label="Also where the record says something already"
        hint="Otherwise only where it is empty."
      />
    )
  if (op === 'find') {
    if (field.shape === 'terms')
      return (
        <Columns least="14rem" gap="md">
          <Select name={`${change}.find`} label="Find this term" options={terms} placeholder="Choose" />
          <Select name={`${change}.put`} label="Put this one in its place" options={terms} placeholder="None: take it out" />
        </Columns>
      )
    return (
      <>
        <Columns least="14rem" gap="md">
          <TextField name={`${change}.find`} label="Find" maxLength={500} />
          <TextField name={`${change}.put`} label="Replace with" maxLength={500} optional />
        </Columns>
        <Checkbox
          name={`${change}.exact`}
          value="on"
          label="Capitals count"
          {...(field.shape === 'words' && { hint: 'A keyword is replaced where it is exactly these words.' })}
        />
      </>
    )
  }
  return <ValueField change={change} field={field} op={op} terms={terms} />
}

function ValueField({
  change,
  field,
  op,
  terms,
}: {
  change: string
  field: BulkField
  op: BulkOp
  terms: { value: string; label: string }[]
}) {
  const shared = {
    name: `${change}.value`,
    label: op === 'set' || op === 'fill' ? 'Value' : op === 'remove' ? 'What to remove' : 'What to add',
  }
  switch (field.shape) {
    case 'terms':
      return field.single ? (
        <Select {...shared} options={terms} placeholder="Choose" />
      ) : (
        <TypeAhead {...shared} noun="terms" placeholder="Type to find a term" groups={[{ label: field.label, options: terms }]} />
      )
    case 'words':
      return <TextArea {...shared} rows={2} hint='Separated by commas; one with a comma in it in quotes: "Lyon, Rhône".' />
    case 'flag':
    case 'answer':
      return (
        <Select
          {...shared}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          placeholder="Choose"
        />
      )
    case 'choice':
      return <Select {...shared} options={(field.options ?? []).map((value) => ({ value, label: wordOf(value) }))} placeholder="Choose" />
    case 'text':
      return (field.longest ?? 0) > 500 ? (
        <TextArea
          {...shared}
          rows={3}
          maxLength={field.longest}
          {...(op === 'add' && { hint: 'Put after what is there, with a space.' })}
        />
      ) : (
        <TextField {...shared} maxLength={field.longest} {...(op === 'add' && { hint: 'Put after what is there, with a space.' })} />
      )
    case 'date':
      return <TextField {...shared} hint="2026, 2026-11 or 2026-11-21." />
    case 'link':
      return <TextField {...shared} type="url" placeholder="https://" />
    case 'number':
      return <TextField {...shared} inputMode="decimal" />
  }
}
