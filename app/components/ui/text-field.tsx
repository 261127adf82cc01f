import type { InputHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { constraintsOf, Field, useField, type FieldProps } from './field.tsx'

type InputProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id' | 'name'>

/** One line of text, a date, a number, a file: whatever `type` says. */
export function TextField({ field, name, label, hint, errors, optional, hideLabel, type = 'text', ...rest }: InputProps) {
  const { id, aria, ...own } = useField({ ...(field && { field }), ...(name && { name }), hint, errors })
  const constraints = constraintsOf(field)
  return (
    <Field id={id} label={label} hint={hint} errors={own.errors} {...(optional && { optional })} {...(hideLabel && { hideLabel })}>
      <input
        key={field?.key}
        className="input"
        id={id}
        name={own.name}
        type={type}
        {...(type === 'file' ? { required: constraints.required } : { ...constraints, defaultValue: field?.defaultValue })}
        {...aria}
        {...rest}
      />
    </Field>
  )
}

type AreaProps = FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'id' | 'name'>

/** Several lines of text; grows with what is written where the browser can. */
export function TextArea({ field, name, label, hint, errors, optional, hideLabel, ...rest }: AreaProps) {
  const { id, aria, ...own } = useField({ ...(field && { field }), ...(name && { name }), hint, errors })
  return (
    <Field id={id} label={label} hint={hint} errors={own.errors} {...(optional && { optional })} {...(hideLabel && { hideLabel })}>
      <textarea
        key={field?.key}
        className="input"
        id={id}
        name={own.name}
        rows={4}
        required={field?.required}
        minLength={field?.minLength}
        maxLength={field?.maxLength}
        defaultValue={field?.defaultValue}
        {...aria}
        {...rest}
      />
    </Field>
  )
}
