import { useState } from 'react'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { TypeAhead } from '#app/components/ui/type-ahead.tsx'
import type { OwnFieldShown, OwnFieldsShown, TermOption } from '#services/assets/own-views.ts'
import type { OwnFieldNeed } from '#services/assets/rules/own-fields.ts'

const needed: Record<OwnFieldNeed, string> = {
  NEVER: '',
  PUBLISHING: 'Needed before publishing.',
  REVIEW: 'Needed before review.',
  ALWAYS: 'Needed.',
}

/** The house's own fields of a record, in the groups that the house has made. */
export function OwnFields({
  own,
  errors,
  sent,
}: {
  own: OwnFieldsShown
  errors?: Record<string, string[] | undefined> | undefined
  /** What was written and refused: it stands there again, to be mended. */
  sent?: unknown
}) {
  if (own.fields.length === 0) return null
  const again = sent === undefined ? null : ((sent as { own?: Record<string, string | string[]> } | null)?.own ?? {})
  const sections = [...new Set(own.fields.map(({ section }) => section))]
  return (
    <>
      {/* A list of which nothing is chosen sends nothing: this says that it was there to be chosen from. */}
      <input type="hidden" name="ownShown" value="on" />
      {sections.map((section) => (
        <Fieldset key={section} legend={section || 'The house’s own fields'}>
          <Columns least="14rem" gap="md">
            {own.fields
              .filter((field) => field.section === section)
              .map((field) => (
                <OwnField
                  key={field.id}
                  field={again ? { ...field, value: asWritten(field, again[field.id]) } : field}
                  options={own.options[field.vocabularyId ?? ''] ?? []}
                  errors={errors?.[`own.${field.id}`]}
                />
              ))}
          </Columns>
        </Fieldset>
      ))}
    </>
  )
}

/** What was sent, in the shape in which the field is shown. */
function asWritten({ type }: OwnFieldShown, written: string | string[] | undefined): OwnFieldShown['value'] {
  const words = [written ?? []].flat()
  if (type === 'CHOICE' || type === 'CHOICES') return words
  const [word = null] = words
  return type === 'YES_NO' ? (word === null ? null : word === 'yes') : word
}

/** What the record says in its own fields, as their form writes it. Lists of terms keep themselves. */
export const ownWritten = (own: OwnFieldsShown): Record<string, string> =>
  Object.fromEntries(own.fields.filter(({ type }) => type !== 'CHOICES').map(({ id, value }) => [`own.${id}`, writtenOf(value)]))

const writtenOf = (value: OwnFieldShown['value']): string =>
  value === null ? '' : Array.isArray(value) ? (value[0] ?? '') : value === true ? 'yes' : value === false ? 'no' : String(value)

/** Terms that the record got while the form stood: they are added to what is chosen there, which stays. */
function useCome(chosen: readonly string[]): { first: readonly string[]; come: readonly string[] } {
  const [first] = useState(chosen)
  const [seen, setSeen] = useState(chosen)
  const [come, setCome] = useState<readonly string[]>([])
  if (seen.join() !== chosen.join()) {
    setCome(chosen.filter((term) => !seen.includes(term)))
    setSeen(chosen)
  }
  return { first, come }
}

interface OwnFieldProps {
  field: OwnFieldShown
  options: readonly TermOption[]
  errors?: string[] | undefined
}

function OwnField({ field: { id, label, type, need, help, value }, options, errors }: OwnFieldProps) {
  const hint = [help, needed[need]].filter(Boolean).join(' ')
  const shared = { name: `own.${id}`, label, errors, ...(hint && { hint }), ...(need === 'NEVER' && { optional: true }) }
  const text = value === null ? '' : String(value)
  const chosen = Array.isArray(value) ? value : []
  const { first, come } = useCome(chosen)
  switch (type) {
    case 'LONG_TEXT':
      return <TextArea {...shared} rows={3} defaultValue={text} maxLength={5000} />
    case 'YES_NO': {
      const answers = [
        { value: '', label: 'Nobody has said' },
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ]
      return <Select {...shared} options={answers} defaultValue={value === true ? 'yes' : value === false ? 'no' : ''} />
    }
    case 'CHOICE':
      return (
        <Select
          {...shared}
          placeholder="Nothing chosen"
          options={options.map((option) => ({ value: option.id, label: option.label }))}
          defaultValue={chosen[0] ?? ''}
        />
      )
    case 'CHOICES':
      return (
        <TypeAhead
          {...shared}
          noun="terms"
          placeholder="Type to find a term"
          groups={[{ label: 'Terms', options: options.map((option) => ({ value: option.id, label: option.label, words: option.also })) }]}
          chosen={first}
          added={come}
        />
      )
    case 'NUMBER':
      return <TextField {...shared} inputMode="decimal" defaultValue={text} />
    case 'LINK':
      return <TextField {...shared} type="url" defaultValue={text} placeholder="https://" />
    case 'DATE':
      return (
        <TextField
          {...shared}
          defaultValue={text}
          placeholder="2026-11-21"
          hint={hint ? `${hint} 2026, 2026-11 or 2026-11-21.` : '2026, 2026-11 or 2026-11-21.'}
        />
      )
    case 'TEXT':
    case 'PERSON':
      return <TextField {...shared} defaultValue={text} maxLength={500} {...(type === 'PERSON' && { autoComplete: 'off' })} />
  }
}
