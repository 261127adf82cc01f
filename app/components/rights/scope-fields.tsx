import type { FieldLike } from '#app/components/ui/field.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'

interface ScopeFieldsProps {
  choices: ScopeChoices
  fields: Record<'media' | 'include' | 'except' | 'industry' | 'from' | 'until' | 'zone' | 'exclusive', FieldLike>
  exclusiveLabel?: string
}

/** One of several controls of a field: the group shows the errors. Said one by one, because conform's fields are proxies that cannot be spread. */
const without = ({ name, id, key, defaultOptions }: FieldLike, suffix = ''): FieldLike => ({
  name,
  id: id && `${id}${suffix}`,
  key,
  defaultOptions,
})

/** Media, places, industries and days: the four questions of every scope. Works without JavaScript. */
export function ScopeFields({ choices, fields, exclusiveLabel }: ScopeFieldsProps) {
  return (
    <>
      <MediaFields choices={choices} field={fields.media} />
      <Fieldset legend="Places" field={fields.include} hint="Tick areas, choose countries, or both.">
        <div className="scope-ticks">
          {choices.areas.map(({ value, label }) => (
            <Checkbox key={value} field={without(fields.include)} value={value} label={label} />
          ))}
        </div>
        <Columns least="14rem" gap="md">
          <Select
            field={without(fields.include, '-more')}
            label="Countries and regions"
            optional
            multiple
            size={7}
            options={[
              { label: 'Regions', options: choices.regions },
              { label: 'Countries', options: choices.countries },
            ]}
            hint="Hold Ctrl or Command to choose several."
          />
          <Select
            field={fields.except}
            label="Except"
            optional
            multiple
            size={7}
            options={[
              { label: 'Areas', options: [...choices.areas.slice(1), ...choices.regions] },
              { label: 'Countries', options: choices.countries },
            ]}
          />
        </Columns>
      </Fieldset>
      <Fieldset legend="Industries" hint="Choose none for all.">
        <Select field={fields.industry} label="Only for" optional multiple size={7} options={choices.industries} />
      </Fieldset>
      <Fieldset legend="Time" hint={`Whole days in the time zone ${fields.zone.defaultValue ?? ''}.`}>
        <input type="hidden" name={fields.zone.name} value={fields.zone.defaultValue} />
        <Columns least="12rem" gap="md">
          <TextField field={fields.from} label="First day" type="date" />
          <TextField field={fields.until} label="Last day" type="date" optional hint="Empty: without end." />
        </Columns>
        {exclusiveLabel && <Checkbox field={fields.exclusive} label={exclusiveLabel} />}
      </Fieldset>
    </>
  )
}

function MediaFields({ choices, field }: { choices: ScopeChoices; field: FieldLike }) {
  const chosen = new Set(field.defaultOptions)
  const quiet = without(field)
  return (
    <Fieldset legend="Media" field={field}>
      <div className="scope-ticks">
        <Checkbox field={quiet} value="ALL" label="All media" />
        {choices.media.map(({ value, label }) => (
          <Checkbox key={value} field={quiet} value={value} label={label} />
        ))}
      </div>
      <details className="scope-more" open={choices.media.some(({ options }) => options.some(({ value }) => chosen.has(value)))}>
        <summary>Single media</summary>
        {choices.media.map((group) => (
          <Fieldset key={group.value} legend={group.label} size="sm">
            <div className="scope-ticks">
              {group.options.map(({ value, label }) => (
                <Checkbox key={value} field={quiet} value={value} label={label} />
              ))}
            </div>
          </Fieldset>
        ))}
      </details>
    </Fieldset>
  )
}
