import type { ReactNode } from 'react'
import { Checkbox } from '../ui/checkbox.tsx'
import type { FieldLike } from '../ui/field.tsx'
import { Fieldset } from '../ui/fieldset.tsx'
import { Cluster, Columns } from '../ui/layout.tsx'
import { PlacePicker } from './scope-pickers.tsx'
import type { ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'

interface Choice {
  value: string
  label: string
}
interface PlainProps {
  field: FieldLike
  legend: ReactNode
  hint?: string
}
const ticked = ({ defaultOptions }: FieldLike, value: string) => defaultOptions?.includes(value) ?? false

/** The branches of media as boxes to tick, each with its examples. */
export function UseBoxes({ field, uses, ...rest }: PlainProps & { uses: readonly (Choice & { examples: string })[] }) {
  return (
    <Fieldset field={field} {...rest}>
      <Columns least="14rem" gap="sm">
        {uses.map(({ value, label, examples }) => (
          <Checkbox key={value} name={field.name} value={value} label={label} title={examples} defaultChecked={ticked(field, value)} />
        ))}
      </Columns>
    </Fieldset>
  )
}

interface PlaceBoxesProps extends PlainProps {
  regions: readonly Choice[]
  places: Pick<ScopeChoices, 'areas' | 'regions' | 'countries'>
  others: { label: string; hint: string }
}

/** The large regions as boxes to tick, and any other place by typing. */
export function PlaceBoxes({ field, regions, places, others, ...rest }: PlaceBoxesProps) {
  return (
    <Fieldset field={field} {...rest}>
      <Cluster>
        {regions.map(({ value, label }) => (
          <Checkbox key={value} name={field.name} value={value} label={label} defaultChecked={ticked(field, value)} />
        ))}
      </Cluster>
      <PlacePicker
        key={field.key}
        choices={places}
        name={field.name}
        chosen={field.defaultOptions?.filter((code) => !regions.some(({ value }) => value === code)) ?? []}
        optional
        {...others}
      />
    </Fieldset>
  )
}
