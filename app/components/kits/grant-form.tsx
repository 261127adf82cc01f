import { getFormProps, useForm, type SubmissionResult } from '@conform-to/react'
import { getZodConstraint, parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { places, regions, typedPlaces, uses } from '#app/components/portal/request-choices.ts'
import { PlacePicker } from '#app/components/rights/scope-pickers.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { kitGrantForm } from '#services/licensing/schema.ts'

interface GrantFormProps {
  partners: readonly { id: string; name: string }[]
  zone: string
  today: string
  lastResult: SubmissionResult<string[]> | undefined
}

/** Whom, for which uses, where, from when to when: the terms of every licence that the grant makes. */
export function GrantForm({ partners, zone, today, lastResult }: GrantFormProps) {
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
        <Fieldset legend="For these uses" field={fields.media}>
          <Columns least="14rem" gap="sm">
            {uses.map(({ value, label, examples }) => (
              <Checkbox
                key={value}
                name={fields.media.name}
                value={value}
                label={label}
                title={examples}
                defaultChecked={fields.media.defaultOptions?.includes(value) ?? false}
              />
            ))}
          </Columns>
        </Fieldset>
        <Fieldset legend="In these regions" field={fields.places}>
          <Cluster>
            {regions.map(({ value, label }) => (
              <Checkbox
                key={value}
                name={fields.places.name}
                value={value}
                label={label}
                defaultChecked={fields.places.defaultOptions?.includes(value) ?? false}
              />
            ))}
          </Cluster>
          <PlacePicker
            key={fields.places.key}
            choices={places}
            name={fields.places.name}
            chosen={typedPlaces(fields.places.defaultOptions)}
            label="Other countries and regions"
            optional
            hint="Names, codes and lists such as “DE, AT, CH”."
          />
        </Fieldset>
        <Cluster>
          <SubmitButton>Grant the kit</SubmitButton>
        </Cluster>
      </Stack>
    </Form>
  )
}
