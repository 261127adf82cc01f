import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { writeKeywords } from '#services/assets/rules/keyword-line.ts'

export interface TermOption {
  id: string
  label: string
  level: number
}
interface Words {
  code?: string
  label?: string
  labelDe?: string
  altLabels?: string[]
  notes?: string
  broaderId?: string | null
}
type Errors = Record<string, string[] | null | undefined> | undefined

/** What a term consists of. A code is given once, with the term. */
export function TermFields({
  tree,
  terms,
  words = {},
  fresh,
  errors,
}: {
  tree: boolean
  terms: readonly TermOption[]
  words?: Words
  fresh: boolean
  errors?: Errors
}) {
  const error = (name: string) => ({ errors: errors?.[name] ?? undefined })
  return (
    <>
      <TextField name="label" label="Label" defaultValue={words.label} maxLength={200} required {...error('label')} />
      <TextField name="labelDe" label="Label in German" defaultValue={words.labelDe} maxLength={200} optional {...error('labelDe')} />
      {fresh && (
        <TextField
          name="code"
          label="Code"
          maxLength={60}
          optional
          hint="Files know the term by it. Left empty, it is made of the label."
          {...error('code')}
        />
      )}
      {tree && (
        <Select
          name="broaderId"
          label="Stands below"
          placeholder="Nothing: at the top"
          defaultValue={words.broaderId ?? ''}
          options={terms.map(({ id, label, level }) => ({ value: id, label: `${'\u2003'.repeat(level - 1)}${label}` }))}
          {...error('broaderId')}
        />
      )}
      <TextArea
        name="altLabels"
        label="Other labels"
        rows={2}
        defaultValue={words.altLabels && writeKeywords(words.altLabels)}
        optional
        hint='What people may type and search for, separated by commas; one with a comma in it in quotes: "arts, culture".'
        {...error('altLabels')}
      />
      <TextArea
        name="notes"
        label="Notes"
        rows={2}
        defaultValue={words.notes}
        optional
        hint="When it is meant, and when not."
        {...error('notes')}
      />
    </>
  )
}
