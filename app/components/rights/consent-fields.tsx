import { Checkbox } from '#app/components/ui/checkbox.tsx'
import type { FieldLike } from '#app/components/ui/field.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { Choice } from '#services/rights/rules/vocabulary/choices.ts'

interface ConsentFieldsProps {
  of: (name: 'minor' | 'guardian' | 'aiUses' | 'sensitive') => FieldLike
  sensitive: readonly Choice[]
}

/** What a consent must say of its own: AI, sensitive industries, and who signed for a child. Left empty, none of it is covered. */
export function ConsentFields({ of, sensitive }: ConsentFieldsProps) {
  const { name, id, key, defaultOptions } = of('sensitive')
  return (
    <>
      <Checkbox
        field={of('aiUses')}
        label="The paper allows uses by and with AI"
        hint="Training, reference input, text and data mining. Unticked, none of them is covered."
      />
      <Fieldset
        legend="Sensitive industries that the paper names"
        size="sm"
        field={of('sensitive')}
        hint="Nobody is shown for these unless the paper says so, whatever else it allows."
      >
        <div className="scope-ticks">
          {sensitive.map(({ value, label }) => (
            <Checkbox key={value} field={{ name, id, key, defaultOptions }} value={value} label={label} />
          ))}
        </div>
      </Fieldset>
      <Checkbox field={of('minor')} label="A child is shown" hint="A guardian signs for it, and nothing sensitive is ever covered." />
      <TextField field={of('guardian')} label="Guardian" optional hint="Who signed for the child." />
    </>
  )
}
