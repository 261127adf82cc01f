import { useId, type ReactNode } from 'react'
import { FieldError, type FieldLike } from './field.tsx'

export interface RadioCard {
  value: string
  title: ReactNode
  /** Shown under the title: a price, a sentence, a short list. */
  body?: ReactNode
  disabled?: boolean
}

interface RadioCardsProps {
  legend: ReactNode
  hideLegend?: boolean
  cards: readonly RadioCard[]
  field?: FieldLike
  name?: string
  required?: boolean
  defaultValue?: string
  errors?: string[] | undefined
  onChange?: (value: string) => void
}

/** A choice that deserves room: each option a card, the whole card its label. */
export function RadioCards({
  legend,
  hideLegend,
  cards,
  field,
  name,
  required,
  defaultValue,
  errors = field?.errors,
  onChange,
}: RadioCardsProps) {
  const made = useId()
  const id = field?.id ?? made
  const chosen = defaultValue ?? field?.defaultValue
  return (
    <fieldset className="fieldset" aria-describedby={errors?.length ? `${id}-error` : undefined}>
      <legend className={hideLegend ? 'visually-hidden' : undefined}>{legend}</legend>
      <div className="radio-cards">
        {cards.map(({ value, title, body, disabled }) => (
          <label className="radio-card" key={value}>
            <input
              type="radio"
              name={field?.name ?? name}
              value={value}
              defaultChecked={chosen === value}
              disabled={disabled}
              required={field?.required ?? required}
              onChange={onChange && (() => onChange(value))}
            />
            <span className="radio-card-title">{title}</span>
            {body && <span className="radio-card-body">{body}</span>}
          </label>
        ))}
      </div>
      <FieldError id={id} errors={errors} />
    </fieldset>
  )
}
