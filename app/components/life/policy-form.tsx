import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { SubmissionResult } from '@conform-to/dom'
import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns, Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { stateWords } from '#services/assets/rules/asset-states.ts'
import { assetKinds, audiences, audienceWords, kindWords } from '#services/assets/rules/asset-words.ts'
import { actionWords, clockWords, policyActions, policyClocks, policyFinds } from '#services/retention/rules/policy-rule.ts'
import { policyInput, type PolicyRule } from '#services/retention/schema.ts'

interface Choices {
  collections: readonly { id: string; title: string }[]
  fields: readonly { id: string; label: string }[]
}
interface Written {
  name: string
  action: string
  reason: string
  rule: PolicyRule
}

/** The fields of a policy as a form writes them; its lists are tick boxes that know themselves. */
function writtenIn(policy: Written | undefined) {
  const { since = '', waitDays = 90, neverLicensed = false, collectionId = '', fieldId = '', fieldValue = '' } = policy?.rule ?? {}
  const { name = '', action = '', reason = '' } = policy ?? {}
  const lists = { states: '', kinds: '', audiences: '' }
  return {
    ...lists,
    name,
    action,
    reason,
    since,
    waitDays: String(waitDays),
    neverLicensed: neverLicensed ? 'on' : '',
    collectionId,
    fieldId,
    fieldValue,
  }
}

/** A policy as a form: what it finds, how long it waits, and what it does. */
export function PolicyForm({
  choices,
  policy,
  lastResult,
}: {
  choices: Choices
  policy?: Written
  lastResult: SubmissionResult | null | undefined
}) {
  const [form, fields] = useForm({
    lastResult: lastResult ?? null,
    defaultValue: writtenIn(policy),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: policyInput }),
    shouldRevalidate: 'onInput',
  })
  const rule = policy?.rule
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <TextField field={fields.name} label="Name" />
        <Fieldset legend="In which states" field={fields.states}>
          {policyFinds.map((state) => (
            <Checkbox
              key={state}
              name="states"
              value={state}
              label={stateWords[state]}
              defaultChecked={rule ? rule.states.includes(state) : state === 'PUBLISHED' || state === 'WITHDRAWN'}
            />
          ))}
        </Fieldset>
        <Columns least="14rem">
          <TextField field={fields.waitDays} type="number" min={0} label="Days" hint="How long it waits." />
          <Select field={fields.since} label="After" options={policyClocks.map((clock) => ({ value: clock, label: clockWords[clock] }))} />
        </Columns>
        <Checkbox field={fields.neverLicensed} label="Only what was never licensed" />
        <Fieldset legend="Which kinds" hint="None chosen: all of them." field={fields.kinds}>
          {assetKinds.map((kind) => (
            <Checkbox key={kind} name="kinds" value={kind} label={kindWords[kind]} defaultChecked={rule?.kinds.includes(kind) ?? false} />
          ))}
        </Fieldset>
        <Fieldset legend="For whom it is" hint="None chosen: everybody." field={fields.audiences}>
          {audiences.map((audience) => (
            <Checkbox
              key={audience}
              name="audiences"
              value={audience}
              label={audienceWords[audience].split(':')[0] ?? audience}
              defaultChecked={rule?.audiences.includes(audience) ?? false}
            />
          ))}
        </Fieldset>
        <Columns least="14rem">
          <Select
            field={fields.collectionId}
            label="In the collection"
            optional
            placeholder="Any or none"
            options={choices.collections.map(({ id, title }) => ({ value: id, label: title }))}
          />
          <Select
            field={fields.fieldId}
            label="Where the field"
            optional
            placeholder="No field"
            options={choices.fields.map(({ id, label }) => ({ value: id, label }))}
          />
          <TextField field={fields.fieldValue} label="says" optional />
        </Columns>
        <Select
          field={fields.action}
          label="What is done"
          placeholder="Choose"
          options={policyActions.map((action) => ({ value: action, label: actionWords[action] }))}
        />
        <TextArea field={fields.reason} label="Reason" hint="It stands in the history of each asset." rows={2} />
        <div>
          <SubmitButton>{policy ? 'Save as a draft' : 'Write it down and look what it finds'}</SubmitButton>
        </div>
      </Stack>
    </Form>
  )
}
