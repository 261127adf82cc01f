import { useId, type ReactNode } from 'react'
import { FieldError, type FieldLike } from './field.tsx'
import { Notice } from './notice.tsx'

interface FieldsetProps {
  legend: ReactNode
  hint?: ReactNode
  field?: FieldLike
  errors?: string[] | undefined
  size?: 'sm' | 'md'
  children: ReactNode
}

/** Questions that belong together, under one legend; an error of the group stands below it. */
export function Fieldset({ legend, hint, field, errors = field?.errors, size = 'md', children }: FieldsetProps) {
  const id = useId()
  return (
    <fieldset className="fieldset" aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend data-size={size}>{legend}</legend>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <FieldError id={id} errors={errors} />
    </fieldset>
  )
}

/** What is wrong with the form as a whole; put it first in the form. Takes conform's `form.errors`. */
export function FormErrors({ errors }: { errors?: string[] | undefined }) {
  if (!errors?.length) return null
  return (
    <Notice tone="danger" live>
      {errors.map((error) => (
        <p key={error}>{error}</p>
      ))}
    </Notice>
  )
}
