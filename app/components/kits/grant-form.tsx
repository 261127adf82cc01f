import { getFormProps, useForm, type SubmissionResult } from '@conform-to/react'
import { getZodConstraint, parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import type { RequestChoices } from '#app/components/portal/request-choices.server.ts'
import { PlaceBoxes, UseBoxes } from '#app/components/rights/plain-fields.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { kitGrantForm } from '#services/licensing/schema.ts'

interface GrantFormProps {
  partners: readonly { id: string; name: string }[]
  zone: string
  today: string
  choices: RequestChoices
  lastResult: SubmissionResult<string[]> | undefined
}

/** Whom, for which uses, where, from when to when: the terms of every licence that the grant makes. */
export function GrantForm({ partners, zone, today, choices: { uses, regions, places }, lastResult }: GrantFormProps) {
  const [form, fields] = useForm({
    ...(lastResult && { lastResult }),
    constraint: getZodConstraint(kitGrantForm),
    defaultValue: { zone, from: today, places: ['WORLD'], media: uses.map(({ value }) => value) },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: kitGrantForm }),
  })
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <input type="hidden" name="zone" value={zone} />
        <Select
          field={fields.orgId}
          label="Partner"
          placeholder="Choose a partner"
          options={partners.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Columns least="12rem">
          <TextField field={fields.from} type="date" label="First day" />
          <TextField field={fields.until} type="date" label="Last day" optional hint="Without one the grant has no end." />
        </Columns>
        <UseBoxes field={fields.media} legend="For these uses" uses={uses} />
        <PlaceBoxes
          field={fields.places}
          legend="In these regions"
          regions={regions}
          places={places}
          others={{ label: 'Other countries and regions', hint: 'Names, codes and lists such as “DE, AT, CH”.' }}
        />
        <Cluster>
          <SubmitButton>Grant the kit</SubmitButton>
        </Cluster>
      </Stack>
    </Form>
  )
}
