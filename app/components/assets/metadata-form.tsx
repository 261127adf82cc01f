import type { SubmissionResult } from '@conform-to/dom'
import { useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { useRef } from 'react'
import { Badge } from '#app/components/ui/badge.tsx'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { assetKinds, audiences, audienceWords, kindWords, type AssetKind, type Audience } from '#services/assets/rules/asset-words.ts'
import type { OwnFieldsShown } from '#services/assets/own-views.ts'
import { writeKeywords } from '#services/assets/rules/keyword-line.ts'
import type { FieldBesideFile, FieldName } from '#services/assets/rules/metadata-fields.ts'
import { KeywordField } from './keyword-field.tsx'
import { OwnFields, ownWritten } from './own-fields.tsx'
import { useKeptTyping } from './use-kept-typing.ts'

/** An asset's record as the form needs it. */
export interface EditableRecord {
  id: string
  changedAt: Date
  title: string
  description: string
  altText: string
  keywords: string[]
  creator: string
  creditLine: string
  copyrightNotice: string
  source: string
  sourceUrl: string | null
  dateCreated: string | null
  kind: AssetKind
  audience: Audience
  showsPeople: boolean | null
  showsProperty: boolean | null
  editorialOnly: boolean
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  priceFactorBp: number
  beside: FieldBesideFile[]
  extendedDescription: string
  own: OwnFieldsShown
}

const answer = (known: boolean | null): string => (known === null ? 'unknown' : known ? 'yes' : 'no')
const tick = (yes: boolean): string | undefined => (yes ? 'on' : undefined)
const answers = [
  { value: 'unknown', label: 'Nobody has said' },
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
]

function valuesOf(record: EditableRecord): Record<string, string | undefined> {
  const { title, description, altText, creator, creditLine, copyrightNotice, source, kind, audience } = record
  return {
    title,
    description,
    altText,
    creator,
    creditLine,
    copyrightNotice,
    source,
    kind,
    audience,
    assetId: record.id,
    seenAt: record.changedAt.toISOString(),
    keywords: writeKeywords(record.keywords),
    extendedDescription: record.extendedDescription,
    sourceUrl: record.sourceUrl ?? '',
    dateCreated: record.dateCreated ?? '',
    showsPeople: answer(record.showsPeople),
    showsProperty: answer(record.showsProperty),
    editorialOnly: tick(record.editorialOnly),
    sellsRoyaltyFree: tick(record.sellsRoyaltyFree),
    sellsRightsManaged: tick(record.sellsRightsManaged),
    priceFactor: String(record.priceFactorBp / 100),
  }
}

const noted: Record<string, string> = {
  title: 'Title',
  description: 'Description',
  altText: 'Alternative text',
  extendedDescription: 'Extended description',
  creator: 'Creator',
  creditLine: 'Credit line',
  copyrightNotice: 'Copyright notice',
  source: 'Source',
  sourceUrl: 'Address of the source',
  dateCreated: 'Date created',
}

/** The record, to be edited, each field with what the file says of itself below it. What is being typed outlives a change of the record. */
export function MetadataForm({
  record,
  lastResult,
}: {
  record: EditableRecord
  lastResult?: SubmissionResult<string[]> | null | undefined
}) {
  const [form, fields] = useForm<Record<string, string | undefined>>({
    id: `record-${record.id}`,
    lastResult: lastResult ?? null,
    defaultValue: valuesOf(record),
  })
  const element = useRef<HTMLFormElement>(null)
  const { assetId: _id, seenAt, ...standing } = valuesOf(record)
  const now = { ...Object.fromEntries(Object.entries(standing).map(([name, value]) => [name, value ?? ''])), ...ownWritten(record.own) }
  const { against, sent } = useKeptTyping(element, seenAt ?? '', now)
  const of = (name: string) => {
    const field = fields[name]
    if (!field) throw new Error(`no field ${name}`)
    return field
  }
  const fromFile = (name: FieldName) => {
    const beside = record.beside.find(({ field }) => field === name)
    return <FromFile beside={beside} inputId={of(name).id} />
  }
  return (
    <Form
      method="post"
      action={`/library/assets/${record.id}/edit`}
      id={form.id}
      ref={element}
      onSubmit={(event) => {
        form.onSubmit(event)
        if (!event.defaultPrevented) sent()
      }}
      noValidate
      className="stack"
      data-gap="lg"
    >
      <FormErrors errors={form.errors} />
      {against.length > 0 && (
        <Notice tone="warning" live title="The record changed while you wrote">
          It now says something else for: {against.map((name) => noted[name] ?? nameOfOwn(record.own, name)).join(', ')}. What you wrote
          stands here, and replaces it when you save.
        </Notice>
      )}
      <input type="hidden" name="assetId" value={record.id} />
      <input type="hidden" name="seenAt" value={record.changedAt.toISOString()} />
      <Fieldset legend="What it shows">
        <TextField field={of('title')} label="Title" hint={fromFile('title')} />
        <TextArea field={of('description')} label="Description" rows={3} optional hint={fromFile('description')} />
        <TextArea
          field={of('altText')}
          label="Alternative text"
          rows={2}
          hint={<>What a person who cannot see it should know.{fromFile('altText')}</>}
        />
        <input type="hidden" name="extendedShown" value="on" />
        <TextArea
          field={of('extendedDescription')}
          label="Extended description"
          rows={3}
          optional
          hint="For a chart, a diagram or a crowded scene: what the alternative text has no room for. It does not repeat it."
        />
        <KeywordField
          field={of('keywords')}
          label="Keywords"
          hint={<>Separated by commas; one with a comma in it in quotes: &quot;Lyon, Rhône&quot;.{fromFile('keywords')}</>}
        />
        <Columns least="14rem" gap="md">
          <Select field={of('showsPeople')} label="Recognisable people" options={answers} />
          <Select field={of('showsProperty')} label="Private property or artwork" options={answers} />
        </Columns>
      </Fieldset>
      <OwnFields
        own={record.own}
        errors={lastResult?.error as Record<string, string[] | undefined> | undefined}
        sent={lastResult?.initialValue}
      />
      <Fieldset legend="Whose it is">
        <Columns least="14rem" gap="md">
          <TextField field={of('creator')} label="Creator" hint={fromFile('creator')} />
          <TextField field={of('creditLine')} label="Credit line" hint={fromFile('creditLine')} />
          <TextField field={of('copyrightNotice')} label="Copyright notice" optional hint={fromFile('copyrightNotice')} />
          <TextField field={of('source')} label="Source" optional hint={fromFile('source')} />
          <TextField field={of('sourceUrl')} type="url" label="Address of the source" optional />
          <TextField
            field={of('dateCreated')}
            label="Date created"
            optional
            hint={<>2026, 2026-11 or 2026-11-21.{fromFile('dateCreated')}</>}
          />
        </Columns>
      </Fieldset>
      <Fieldset legend="How it is offered">
        <Columns least="14rem" gap="md">
          <Select field={of('kind')} label="Kind" options={assetKinds.map((value) => ({ value, label: kindWords[value] }))} />
          <Select field={of('audience')} label="Audience" options={audiences.map((value) => ({ value, label: audienceWords[value] }))} />
        </Columns>
        <div>
          <Checkbox field={of('sellsRoyaltyFree')} label="Sold royalty-free" hint="Standard and extended licences at fixed prices." />
          <Checkbox
            field={of('sellsRightsManaged')}
            label="Sold rights-managed"
            hint="Priced by media, territory and time; may be exclusive."
          />
          <Checkbox field={of('editorialOnly')} label="Editorial use only" hint="Never for advertising, whatever the licence." />
        </div>
        <Columns least="14rem" gap="md">
          <TextField field={of('priceFactor')} type="number" min={10} max={10_000} step={5} label="Price, in percent of the price book" />
        </Columns>
      </Fieldset>
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </Form>
  )
}

const nameOfOwn = (own: OwnFieldsShown, name: string): string =>
  own.fields.find(({ id }) => `own.${id}` === name)?.label ?? 'an answer below'

/** What the file says, where it says something else or something that the record lacks; one press takes it over. */
function FromFile({ beside, inputId }: { beside: FieldBesideFile | undefined; inputId: string }) {
  if (!beside || beside.file === '' || (!beside.conflict && beside.record !== '')) return null
  const take = () => {
    const input = document.getElementById(inputId)
    if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) {
      input.value = beside.file
      input.focus()
    }
  }
  return (
    <span className="from-file">
      <Badge tone={beside.conflict ? 'warning' : 'neutral'}>{beside.conflict ? 'The file says otherwise' : 'The file says'}</Badge>
      <span>{beside.file.length > 200 ? `${beside.file.slice(0, 200)}…` : beside.file}</span>
      <Button size="sm" tone="quiet" onClick={take} aria-label={`Take over from the file: ${beside.label}`}>
        Take it over
      </Button>
    </span>
  )
}
