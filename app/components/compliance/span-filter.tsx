import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'

interface SpanFilterProps {
  wanted: { person?: string | undefined; from?: string | undefined; to?: string | undefined }
  /** Where nothing is asked for. */
  clear: string
  narrowed: boolean
  /** What is asked for besides: before who, and between who and when. */
  first: ReactNode
  children: ReactNode
}

/** The questions that every list of evidence answers: who, and from which day to which. Works without JavaScript. */
export function SpanFilter({ wanted: { person, from, to }, clear, narrowed, first, children }: SpanFilterProps) {
  return (
    <Form method="get" className="filters">
      {first}
      <TextField key={`person ${person ?? ''}`} name="person" label="Who" defaultValue={person} />
      {children}
      <TextField key={`from ${from ?? ''}`} name="from" type="date" label="From" defaultValue={from} />
      <TextField key={`to ${to ?? ''}`} name="to" type="date" label="To" defaultValue={to} />
      <Button type="submit" icon="filter">
        Show
      </Button>
      {narrowed && (
        <ButtonLink to={clear} tone="quiet">
          Clear
        </ButtonLink>
      )}
    </Form>
  )
}
