import { getFormProps, useForm, type SubmissionResult } from '@conform-to/react'
import { getZodConstraint, parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { PlacePicker } from '#app/components/rights/scope-pickers.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { fourQuestions } from '#services/licensing/schema.ts'
import { places, regions, typedPlaces, uses } from './request-choices.ts'

interface RequestFormProps {
  asset: { id: string; zone: string }
  today: string
  lastResult: SubmissionResult<string[]> | undefined
}

/** Four plain questions; the rights desk reads the answers as a scope. */
export function RequestForm({ asset, today, lastResult }: RequestFormProps) {
  const [form, fields] = useForm({
    ...(lastResult && { lastResult }),
    constraint: getZodConstraint(fourQuestions),
    defaultValue: { assetId: asset.id, zone: asset.zone, from: today },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: fourQuestions }),
    shouldRevalidate: 'onInput',
  })
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <input type="hidden" name="assetId" value={asset.id} />
        <input type="hidden" name="zone" value={asset.zone} />
        <TextArea
          field={fields.purpose}
          label="1. What do you want to make?"
          hint="For example: a leaflet for our spring range, 5,000 copies, handed out in our shops."
          rows={3}
        />
        <Fieldset
          legend="2. Where will it appear?"
          field={fields.media}
          hint="Choose all that apply. The desk can grant some and refuse others."
        >
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
        <Fieldset legend="3. In which countries?" field={fields.places}>
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
        <Fieldset legend="4. From when to when?">
          <Columns least="12rem">
            <TextField field={fields.from} type="date" label="First day" />
            <TextField field={fields.until} type="date" label="Last day" />
          </Columns>
        </Fieldset>
        <Cluster>
          <SubmitButton>Send to the rights desk</SubmitButton>
        </Cluster>
      </Stack>
    </Form>
  )
}
