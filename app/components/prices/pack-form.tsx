import type { SubmissionResult } from '@conform-to/dom'
import { getFormProps, useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { PackOnDesk } from '#services/licensing/pack-views.ts'
import { screenEdge } from '#services/assets/rules/rendition-plan.ts'
import { termMonths } from '#services/licensing/rules/packs.ts'
import type { ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
import { MediaPicker, PlacesPicker } from '../rights/scope-pickers.tsx'
import { ButtonLink, SubmitButton } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { FormErrors } from '../ui/fieldset.tsx'
import { Cluster } from '../ui/layout.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

interface PackFormProps {
  pack: PackOnDesk | null
  choices: Pick<ScopeChoices, 'media' | 'areas' | 'regions' | 'countries'>
  result: SubmissionResult<string[]> | undefined
}

const span = (months: number) => (months < 12 ? `${months} months` : `${months / 12} years`)
const spans = termMonths.map((months) => ({
  value: String(months),
  label: months === 1 ? '1 month' : months === 12 ? '1 year' : span(months),
}))

/** A pack's answers to the four questions, and its name in both languages of the store. */
export function PackForm({ pack, choices, result }: PackFormProps) {
  const [form, fields] = useForm({
    lastResult: result ?? null,
    defaultValue: {
      nameEn: pack?.nameEn ?? '',
      nameDe: pack?.nameDe ?? '',
      media: pack?.media ?? [],
      territory: pack?.territory ?? [],
      except: pack?.except ?? [],
      months: String(pack?.months ?? 12),
      printRun: pack?.printRun ? String(pack.printRun) : '',
      screen: pack?.pixels ? 'on' : '',
      exclusive: pack?.exclusive ? 'on' : '',
    },
  })
  return (
    <Form method="post" {...getFormProps(form)} className="stack" data-gap="lg">
      <FormErrors errors={form.errors} />
      <input type="hidden" name="revision" value={pack?.revision ?? 0} />
      <TextField field={fields.nameEn} label="Name in English" />
      <TextField field={fields.nameDe} label="Name in German" lang="de" />
      <MediaPicker field={fields.media} choices={choices} label="What for" />
      <PlacesPicker
        choices={choices}
        include={{ field: fields.territory, label: 'Where' }}
        except={{ field: fields.except, label: 'Except', optional: true }}
      />
      <Select field={fields.months} label="How long" options={spans} />
      <TextField
        field={fields.printRun}
        label="Copies at most"
        optional
        inputMode="numeric"
        hint="Only where all of the uses are printed. Empty: without a cap."
      />
      <Checkbox
        field={fields.screen}
        label={`For screens only: up to ${screenEdge.toLocaleString('en-GB')} px`}
        hint="Only where all of the uses are on screens."
      />
      <Checkbox field={fields.exclusive} label="Exclusive, in all industries" hint="Each page then reads all sales of its picture." />
      <Cluster>
        <SubmitButton>Save the pack</SubmitButton>
        <ButtonLink to="/rights/packs" tone="quiet">
          Back
        </ButtonLink>
      </Cluster>
    </Form>
  )
}
