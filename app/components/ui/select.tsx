import type { SelectHTMLAttributes } from 'react'
import { Field, useField, type FieldProps } from './field.tsx'

export interface Option {
  value: string
  label: string
  disabled?: boolean | undefined
}
export interface OptionGroup {
  label: string
  options: readonly Option[]
}

type SelectProps = FieldProps & { options: readonly (Option | OptionGroup)[]; placeholder?: string } & Omit<
    SelectHTMLAttributes<HTMLSelectElement>,
    'className' | 'id' | 'name'
  >

const OptionLine = ({ value, label, disabled }: Option) => (
  <option value={value} disabled={disabled}>
    {label}
  </option>
)

/** One of a list (or several with `multiple`); options may stand in groups. */
export function Select({ field, name, label, hint, errors, optional, hideLabel, options, placeholder, ...rest }: SelectProps) {
  const { id, aria, ...own } = useField({ ...(field && { field }), ...(name && { name }), hint, errors })
  return (
    <Field id={id} label={label} hint={hint} errors={own.errors} {...(optional && { optional })} {...(hideLabel && { hideLabel })}>
      <select
        key={field?.key}
        className="input"
        id={id}
        name={own.name}
        required={field?.required}
        defaultValue={rest.multiple ? field?.defaultOptions : field?.defaultValue}
        {...aria}
        {...rest}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) =>
          'options' in option ? (
            <optgroup key={option.label} label={option.label}>
              {option.options.map((inner) => (
                <OptionLine key={inner.value} {...inner} />
              ))}
            </optgroup>
          ) : (
            <OptionLine key={option.value} {...option} />
          ),
        )}
      </select>
    </Field>
  )
}
