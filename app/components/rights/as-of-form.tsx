import { Form } from '@remix-run/react'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { AsOfPage } from '#services/rights/as-of-views.ts'
import { dayWords } from './words.ts'
import { MediaPicker, PlacePicker } from './scope-pickers.tsx'

/** Two days of knowledge, a day of use, and one use: a form of questions, so that each answer has an address. */
export function AsOfForm({ page }: { page: Pick<AsOfPage, 'asset' | 'than' | 'known' | 'at' | 'today' | 'asked' | 'choices' | 'days'> }) {
  const { than, known, at, today, asked, choices } = page
  const key = `${than} ${known} ${at} ${asked.media.join()} ${asked.territory.join()}`
  const used = [...asked.media.map((code) => ['media', code]), ...asked.territory.map((code) => ['territory', code])] as [string, string][]
  return (
    <Form method="get" className="stack" preventScrollReset key={key}>
      <Columns least="11rem" gap="md">
        <TextField name="than" label="What we knew on" type="date" defaultValue={than} max={today} required />
        <TextField name="known" label="against what we knew on" type="date" defaultValue={known} max={today} required />
        <TextField name="at" label="about a use on" type="date" defaultValue={at} required />
      </Columns>
      <Fieldset legend="One use" hint="Optional: state it, and it is answered by both." size="sm">
        <Columns least="16rem" gap="md">
          <MediaPicker choices={choices} name="media" label="Media" chosen={asked.media} optional />
          <PlacePicker choices={choices} name="territory" label="Places" chosen={asked.territory} optional />
        </Columns>
      </Fieldset>
      <div className="cluster">
        <Button type="submit" tone="primary">
          Compare
        </Button>
        {at < today && (than !== at || known !== today) && (
          <ButtonLink to={`?${new URLSearchParams([['than', at], ['known', today], ['at', at], ...used])}`} tone="quiet" preventScrollReset>
            What was allowed on {dayWords(at)}, by what we knew then and know now
          </ButtonLink>
        )}
      </div>
    </Form>
  )
}
