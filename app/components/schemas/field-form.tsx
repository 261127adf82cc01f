import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { FieldError } from '#app/components/ui/field.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { fieldPage } from '#services/assets/own-field-views.ts'
import { assetKinds, kindWords, type AssetKind } from '#services/assets/rules/asset-words.ts'
import { ownFieldNeeds, ownFieldNeedWords, ownFieldTypes, ownFieldTypeWords } from '#services/assets/rules/own-fields.ts'

type Page = Awaited<ReturnType<typeof fieldPage>>
/** What was sent and is asked again, by name. */
export type Sent = Record<string, string | string[] | undefined>
interface Props extends Page {
  kind: AssetKind | null
  sent: Sent | null
  errors: Record<string, string[] | null | undefined> | undefined
  /** What the change would leave incomplete was shown: sending it again means it. */
  confirms: boolean
}

/** One of the house's own fields: what it is called, what it holds, and by when it is needed. */
export function FieldForm({ field, version, vocabularies, used, kind, sent, errors, confirms }: Props) {
  const of = (name: string, stored: string | undefined): string => {
    const value = sent?.[name]
    return sent ? (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')) : (stored ?? '')
  }
  const sentKinds = sent ? [sent['kinds'] ?? []].flat() : null
  const chosen: readonly string[] = sentKinds ?? field?.kinds ?? (kind ? [kind] : ['PHOTOGRAPH'])
  const error = (name: string) => ({ errors: errors?.[name] ?? undefined })
  const ticked = (name: string, stored: boolean) => (sent ? sent[name] === 'on' : stored)
  return (
    <Form method="post" className="stack" data-gap="lg" noValidate>
      <FormErrors errors={errors?.[''] ?? undefined} />
      {field && <input type="hidden" name="fieldId" value={field.id} />}
      <input type="hidden" name="seenVersion" value={version} />
      {confirms && <input type="hidden" name="seen" value="on" />}
      <Fieldset legend="What it is called">
        <Columns least="14rem" gap="md">
          <TextField name="label" label="Label" defaultValue={of('label', field?.label)} maxLength={120} {...error('label')} />
          <TextField
            name="labelDe"
            label="Label in German"
            defaultValue={of('labelDe', field?.labelDe)}
            maxLength={120}
            optional
            hint="For people outside who read German."
            {...error('labelDe')}
          />
          <TextField
            name="code"
            label="Short name"
            defaultValue={of('code', field?.code)}
            maxLength={60}
            hint="Files and columns know it by this: “campaign-name”."
            {...error('code')}
          />
          <TextField
            name="help"
            label="Help"
            defaultValue={of('help', field?.help)}
            maxLength={500}
            optional
            hint="One sentence below the field."
            {...error('help')}
          />
        </Columns>
      </Fieldset>
      <Fieldset legend="What it holds">
        <Columns least="14rem" gap="md">
          <Select
            name="type"
            label="Kind of value"
            defaultValue={of('type', field?.type ?? 'TEXT')}
            options={ownFieldTypes.map((value) => ({ value, label: ownFieldTypeWords[value] }))}
            {...(used > 0 && {
              hint: used === 1 ? 'One record holds a value: it stays good.' : `${used} records hold a value: they stay good.`,
            })}
            {...error('type')}
          />
          <Select
            name="vocabularyId"
            label="Vocabulary"
            placeholder="None"
            defaultValue={of('vocabularyId', field?.vocabularyId ?? '')}
            options={vocabularies.map(({ id, name, tree }) => ({ value: id, label: `${name} (${tree ? 'tree' : 'list'})` }))}
            hint="For fields that choose terms."
            {...error('vocabularyId')}
          />
          <TextField
            name="preset"
            label="Begins with"
            defaultValue={of('preset', field?.presetWords)}
            optional
            hint="Offered where nobody has said anything. For terms: their codes."
            {...error('preset')}
          />
        </Columns>
      </Fieldset>
      <Fieldset legend="Which assets have it">
        <div className="cluster">
          {assetKinds.map((value) => (
            <Checkbox key={value} name="kinds" value={value} label={kindWords[value]} defaultChecked={chosen.includes(value)} />
          ))}
        </div>
        <FieldError id="kinds" errors={errors?.['kinds'] ?? undefined} />
      </Fieldset>
      <Fieldset legend="How it is used">
        <Columns least="14rem" gap="md">
          <Select
            name="need"
            label="Needed"
            defaultValue={of('need', field?.need ?? 'NEVER')}
            options={ownFieldNeeds.map((value) => ({ value, label: ownFieldNeedWords[value] }))}
            {...error('need')}
          />
          <TextField
            name="section"
            label="Group"
            defaultValue={of('section', field?.section)}
            maxLength={80}
            optional
            hint="Fields of one group stand together."
            {...error('section')}
          />
          <TextField
            name="position"
            label="Place"
            type="number"
            min={0}
            max={9999}
            defaultValue={of('position', String(field?.position ?? 0))}
            hint="Small numbers come first."
            {...error('position')}
          />
        </Columns>
        <div>
          <Checkbox
            name="outside"
            value="on"
            label="Shown outside"
            hint="On the page of the asset in the store."
            defaultChecked={ticked('outside', field?.outside ?? false)}
          />
          <Checkbox
            name="searchable"
            value="on"
            label="Searched"
            hint="What it says finds the asset; outside only where it is shown there."
            defaultChecked={ticked('searchable', field?.searchable ?? true)}
          />
        </div>
      </Fieldset>
      <div>
        <SubmitButton>{confirms ? 'Save it all the same' : 'Save'}</SubmitButton>
      </div>
    </Form>
  )
}
