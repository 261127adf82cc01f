import { useId, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from './icon.tsx'

/** What a field needs of conform's metadata; `fields.title` fits as it is. */
export interface FieldLike {
  name: string
  id?: string | undefined
  key?: string | undefined
  defaultValue?: string | undefined
  defaultOptions?: string[] | undefined
  defaultChecked?: boolean | undefined
  errors?: string[] | undefined
  required?: boolean | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  min?: string | number | undefined
  max?: string | number | undefined
  step?: string | number | undefined
  pattern?: string | undefined
}

/** Every field takes either conform's `field` or its own `name` (with `defaultValue`, `errors`). */
export interface FieldProps {
  field?: FieldLike
  name?: string
  label: ReactNode
  hint?: ReactNode
  errors?: string[] | undefined
  /** Says "(optional)" beside the label. */
  optional?: boolean
  hideLabel?: boolean
}

/** The ids and ARIA attributes that tie control, label, hint and error together. */
export function useField({ field, name, hint, errors }: Pick<FieldProps, 'field' | 'name' | 'hint' | 'errors'>) {
  const made = useId()
  const id = field?.id ?? made
  const found = errors ?? field?.errors
  const described = [hint ? `${id}-hint` : '', found?.length ? `${id}-error` : ''].filter(Boolean).join(' ')
  return {
    id,
    name: field?.name ?? name,
    errors: found,
    aria: { 'aria-invalid': found?.length ? true : undefined, 'aria-describedby': described || undefined },
  }
}

/** Constraints that conform took from the schema, as attributes of an input. */
export const constraintsOf = (field: FieldLike | undefined) => ({
  required: field?.required,
  minLength: field?.minLength,
  maxLength: field?.maxLength,
  min: field?.min,
  max: field?.max,
  step: field?.step,
  pattern: field?.pattern,
})

/** The sentence that says what to mend, tied to its control by id. */
export function FieldError({ id, errors }: { id: string; errors?: string[] | undefined }) {
  if (!errors?.length) return null
  return (
    <p className="field-error" id={`${id}-error`}>
      <Icon name="danger" />
      <span>{errors.join(' ')}</span>
    </p>
  )
}

/** Label, control, hint, error: the frame of every field. */
export function Field({
  id,
  label,
  hint,
  errors,
  optional,
  hideLabel,
  children,
}: Omit<FieldProps, 'field' | 'name'> & { id: string; children: ReactNode }) {
  const t = useTranslations('ui')
  return (
    <div className="field">
      <label className={hideLabel ? 'visually-hidden' : 'field-label'} htmlFor={id}>
        {label}
        {optional && <span className="field-optional"> {t('optional')}</span>}
      </label>
      {children}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} errors={errors} />
    </div>
  )
}
