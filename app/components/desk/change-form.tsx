import type { SubmissionResult } from '@conform-to/dom'
import { useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { ScopeFields } from '#app/components/rights/scope-fields.tsx'
import { restrictionWords } from '#app/components/rights/words.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import type { NewChangePage } from '#services/desk/change-new-view.ts'
import type { ChangeKind } from '#services/desk/rules/change-states.ts'
import type { FormScope } from '#services/rights/recording-views.ts'
import { restrictionKinds } from '#services/rights/rules/known.ts'
import { addressOf } from './change-source.tsx'

interface Values {
  when: string
  lastDay: string
  firstDay: string
  ownUseOnly: string
  withoutAi: string
  withoutSensitive: string
  ban: string
  banReason: string
  banReference: string
  terms: FormScope
  reason: string
  holderWords: string
}

const bans = restrictionKinds.map((value) => ({ value, label: restrictionWords[value] }))
const said: Record<ChangeKind, string> = {
  END_CONTRACT: 'The rights holder no longer permits us to license this picture.',
  NARROW_CONTRACT: 'The rights holder no longer permits every use that your licence covers.',
  WITHDRAW_CONSENT: 'A person shown in this picture has withdrawn their consent.',
  NARROW_CONSENT: 'A person shown in this picture no longer consents to every use.',
  BAN: 'This picture may not be used in every way for the time being.',
}

interface ChangeFormProps {
  kind: ChangeKind
  page: NewChangePage
  lastResult: SubmissionResult<string[]> | null | undefined
}

/** What changes, and the two sentences that explain it: one for the house, one for those who hold a licence. */
export function ChangeForm({ kind, page, lastResult }: ChangeFormProps) {
  const { source, zone, today, choices } = page
  const scope =
    kind === 'BAN'
      ? { ...page.scope, media: [], territory: { include: ['WORLD'], except: [] }, industry: [], from: today, until: '' }
      : page.scope
  const [form, fields] = useForm<Values>({
    id: 'change',
    lastResult: lastResult ?? null,
    defaultValue: { when: 'day', lastDay: '', firstDay: today, ban: '', terms: scope, reason: '', holderWords: said[kind] },
  })
  const terms = fields.terms.getFieldset()
  const territory = terms.territory.getFieldset()
  // Conform's fieldsets are proxies: nothing can be spread out of them.
  const { media, industry, from, until, zone: termsZone, exclusive } = terms
  const scopeFields = { media, industry, from, until, zone: termsZone, exclusive, include: territory.include, except: territory.except }
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="stack" data-gap="lg">
      <FormErrors errors={form.errors} />
      <input type="hidden" name="source.by" value={source.by} />
      <input type="hidden" name="source.reference" value={source.reference} />
      {source.assetIds?.map((id, index) => (
        <input key={id} type="hidden" name={`source.assetIds[${index}]`} value={id} />
      ))}
      <input type="hidden" name="zone" value={zone} />

      {kind === 'END_CONTRACT' && (
        <Fieldset legend="When does it end?">
          <RadioCards
            legend="When does it end?"
            hideLegend
            field={fields.when}
            cards={[
              { value: 'day', title: 'After a day', body: 'It holds until that day, and nothing can be sold beyond it from now on.' },
              { value: 'at-once', title: 'At once', body: 'It is void: nothing of it is held any more.' },
            ]}
          />
          <TextField
            field={fields.lastDay}
            label="Last day"
            type="date"
            hint={`A whole day in the time zone ${zone}. Leave it empty where it ends at once.`}
          />
        </Fieldset>
      )}
      {kind === 'WITHDRAW_CONSENT' && (
        <Fieldset legend="From when?">
          <TextField
            field={fields.firstDay}
            label="First day without the consent"
            type="date"
            hint="From this day every use of the pictures is barred."
          />
        </Fieldset>
      )}
      {kind === 'BAN' && (
        <Fieldset legend="Which ban?">
          <Select field={fields.ban} label="Kind" placeholder="Choose" options={bans} />
          <TextField field={fields.banReason} label="Reason" hint="Refusals cite it to the house’s own people." />
          <TextField field={fields.banReference} label="Reference" optional hint="A letter, a court’s file." />
        </Fieldset>
      )}
      {(kind === 'NARROW_CONTRACT' || kind === 'NARROW_CONSENT' || kind === 'BAN') && (
        <>
          {kind !== 'BAN' && (
            <Notice title="Say what is left at most">
              <p>
                {page.wordings.length > 1
                  ? 'Its pictures have several wordings. What you say here cuts each of them: what lies outside is lost, what lies within stays as it is.'
                  : 'The form shows the scope as it is. Take away what is lost; what stays in the form stays held.'}
              </p>
            </Notice>
          )}
          <ScopeFields choices={choices} fields={scopeFields} />
        </>
      )}
      {kind === 'NARROW_CONTRACT' && (
        <Checkbox
          field={fields.ownUseOnly}
          label="May no longer be licensed on"
          hint="Only the house itself may use the pictures from now on."
        />
      )}
      {kind === 'NARROW_CONSENT' && (
        <Fieldset legend="Also taken back">
          <Checkbox field={fields.withoutAi} label="Uses by and with AI" />
          <Checkbox field={fields.withoutSensitive} label="Sensitive subjects" />
        </Fieldset>
      )}

      <Fieldset legend="In words">
        <TextArea field={fields.reason} label="For the house’s own file" hint="What happened, who said so, where the letter is." rows={2} />
        <TextArea
          field={fields.holderWords}
          label="What holders read"
          hint="Stands in every letter that follows. It must not name the contract or the licensor."
          rows={2}
        />
      </Fieldset>
      <Cluster>
        <SubmitButton>Show what hangs on it</SubmitButton>
        <ButtonLink to={addressOf(source)} tone="quiet">
          Another kind of change
        </ButtonLink>
      </Cluster>
    </Form>
  )
}
