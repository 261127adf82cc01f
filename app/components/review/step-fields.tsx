import { useTranslations } from 'use-intl'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { FieldError } from '#app/components/ui/field.tsx'
import { Columns, Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { decidingRoles, needs, stepKinds, stepKindWords, type PlannedStep } from '#services/review/rules/plan.ts'
import type { Need } from '#services/review/rules/route.ts'
import type { Choices } from './route-form.tsx'

const needWords: Record<Need, string> = { ANY: 'One word is enough', COUNT: 'So many different people', ALL: 'Everybody who is asked' }
const dates = [
  { field: 'dueDays', label: 'Due after, working days', max: 250 },
  { field: 'remindDays', label: 'Remind, working days before', max: 60 },
  { field: 'escalateDays', label: 'Escalate, working days after', max: 60 },
] as const
const list = (value: readonly string[] | string | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : [...value]

interface StepFieldsProps {
  index: number
  /** It was not saved before. */
  isNew: boolean
  step: (Omit<PlannedStep, 'together'> & { together: boolean | 'on' }) | null
  people: Choices['people']
  errorsOf: (field: string) => string[] | undefined
}

/** One step of a route: its name, who decides, by when, and what happens after. */
export function StepFields({ index, isNew, step, people, errorsOf }: StepFieldsProps) {
  const t = useTranslations('account')
  const name = (field: string) => `steps[${index}].${field}`
  const everybody = people.map(({ id, name: label }) => ({ value: id, label }))
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))
  return (
    <Fieldset legend={`Step ${index + 1}`}>
      {isNew && <input type="hidden" name={name('isNew')} value="on" />}
      <Stack>
        <Columns least="12rem">
          <TextField
            name={name('name')}
            label="Name"
            hint={!isNew ? 'Without a name the step is taken away.' : 'Without a name there is no such step.'}
            defaultValue={step?.name ?? ''}
            maxLength={60}
            errors={errorsOf('name')}
          />
          <Select
            name={name('kind')}
            label="Kind"
            defaultValue={step?.kind ?? 'OWN'}
            options={stepKinds.map((kind) => ({ value: kind, label: stepKindWords[kind] }))}
          />
          {index > 0 && (
            <Select
              name={name('together')}
              label="Begins"
              defaultValue={step?.together ? 'on' : ''}
              options={[
                { value: '', label: 'after the step before it' },
                { value: 'on', label: 'together with the step before it' },
              ]}
            />
          )}
        </Columns>
        <Fieldset legend="Decided by" size="sm">
          <Columns least="9rem" gap="sm">
            {decidingRoles.map((role) => (
              <Checkbox
                key={role}
                name={name('roles')}
                value={role}
                label={t(`role.${role}.label`)}
                defaultChecked={list(step?.roles).includes(role)}
              />
            ))}
          </Columns>
          <FieldError id={name('roles')} errors={errorsOf('roles')} />
        </Fieldset>
        <Columns least="14rem">
          <Select
            name={name('people')}
            label="And these people"
            hint="By name, whatever their role."
            multiple
            size={Math.min(5, Math.max(2, people.length))}
            defaultValue={list(step?.people)}
            options={everybody}
            errors={errorsOf('people')}
          />
          <Stack>
            <Select
              name={name('need')}
              label="How many"
              defaultValue={step?.need ?? 'ANY'}
              options={needs.map((need) => ({ value: need, label: needWords[need] }))}
            />
            <TextField
              name={name('wanted')}
              type="number"
              label="Of “so many”: how many"
              min={1}
              max={20}
              defaultValue={number(step?.wanted ?? 1)}
              errors={errorsOf('wanted')}
            />
            <Select
              name={name('ownerId')}
              label="Owner"
              hint="Whose task it is first; the others may take it over."
              defaultValue={step?.ownerId ?? ''}
              options={[{ value: '', label: 'Nobody in particular' }, ...everybody]}
            />
          </Stack>
        </Columns>
        <Columns least="10rem">
          {dates.map(({ field, label, max }) => (
            <TextField
              key={field}
              name={name(field)}
              type="number"
              label={label}
              min={0}
              max={max}
              optional
              defaultValue={number(step?.[field])}
              errors={errorsOf(field)}
            />
          ))}
        </Columns>
        <Select
          name={name('escalateTo')}
          label="Escalate to"
          multiple
          size={Math.min(4, Math.max(2, people.length))}
          optional
          defaultValue={list(step?.escalateTo)}
          options={everybody}
          errors={errorsOf('escalateTo')}
        />
      </Stack>
    </Fieldset>
  )
}
