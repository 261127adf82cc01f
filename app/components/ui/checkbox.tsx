import type { InputHTMLAttributes } from 'react'
import { FieldError, useField, type FieldProps } from './field.tsx'

type CheckboxProps = Omit<FieldProps, 'optional' | 'hideLabel'> & { type?: 'checkbox' | 'radio' } & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    'className' | 'id' | 'name' | 'type'
  >

/** A box to tick (or, with `type="radio"`, one of several in a `Fieldset`). */
export function Checkbox({ field, name, label, hint, errors, type = 'checkbox', value = 'on', ...rest }: CheckboxProps) {
  const { id: base, aria, ...own } = useField({ ...(field && { field }), ...(name && { name }), hint, errors })
  // Several boxes may share one conform field: the value keeps their ids apart.
  const id = value === 'on' ? base : `${base}-${String(value)}`
  const chosen = field?.defaultOptions?.includes(String(value)) ?? (value === 'on' ? field?.defaultChecked : field?.defaultValue === value)
  return (
    <div className="choice">
      <input key={field?.key} id={id} name={own.name} type={type} value={value} defaultChecked={chosen} {...aria} {...rest} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="field-hint" id={`${base}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={base} errors={own.errors} />
    </div>
  )
}
