import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { FieldError, type FieldLike } from '#app/components/ui/field.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
import { IndustryPicker, MediaPicker, PlacesPicker } from './scope-pickers.tsx'

interface ScopeFieldsProps {
  choices: ScopeChoices
  fields: Record<'media' | 'include' | 'except' | 'industry' | 'from' | 'until' | 'zone' | 'exclusive', FieldLike>
  exclusiveLabel?: string
}

const howTo = 'Names, codes and lists such as “DE, AT, CH”.'

/** Media, places, industries and days: the four questions of every scope. Works without JavaScript. */
export function ScopeFields({ choices, fields, exclusiveLabel }: ScopeFieldsProps) {
  return (
    <>
      <Fieldset legend="Media">
        <MediaPicker choices={choices} field={fields.media} label="For which media" hint="“All media” includes what comes later." />
      </Fieldset>
      <Fieldset legend="Places">
        <PlacesPicker
          choices={choices}
          include={{ field: fields.include, label: 'In which places', hint: `${howTo} “Worldwide except Japan” fills both.` }}
          except={{ field: fields.except, label: 'Except', optional: true, hint: howTo }}
        />
      </Fieldset>
      <Fieldset legend="Industries">
        <IndustryPicker choices={choices} field={fields.industry} label="Only for" optional hint="Choose none for all." />
      </Fieldset>
      <Fieldset legend="Time" hint={`Whole days in the time zone ${fields.zone.defaultValue ?? ''}.`}>
        <input type="hidden" name={fields.zone.name} value={fields.zone.defaultValue} />
        <FieldError id={fields.zone.id ?? 'zone'} errors={fields.zone.errors} />
        <Columns least="12rem" gap="md">
          <TextField field={fields.from} label="First day" type="date" />
          <TextField field={fields.until} label="Last day" type="date" optional hint="Empty: without end." />
        </Columns>
        {exclusiveLabel && <Checkbox field={fields.exclusive} label={exclusiveLabel} />}
      </Fieldset>
    </>
  )
}
