import type { SubmissionResult } from '@conform-to/dom'
import { useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import type { FieldLike } from '#app/components/ui/field.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import type { FormScope, RecordingForm as Data } from '#services/rights/recording-views.ts'
import { FileSays } from './file-says.tsx'
import { ScopeFields } from './scope-fields.tsx'

type Single = 'contract' | 'licensor' | 'subLicensable' | 'kind' | 'status' | 'reference' | 'reason' | 'minor' | 'guardian' | 'aiUses'
type OwnField = Single | 'sensitive'
type Values = Record<Single, string> & { sensitive: string[]; terms: FormScope }

interface RecordingFormProps {
  page: Data
  lastResult: SubmissionResult<string[]> | null | undefined
  submit: string
  /** Values of the own fields for a new row. */
  blank?: Partial<Record<Single, string>>
  exclusiveLabel?: string
  /** The fields that only this kind of row has. */
  children: (of: (name: OwnField) => FieldLike) => ReactNode
}

/** The form of everything that is written down about an asset's rights: own fields, then the scope. */
export function RecordingForm({ page, lastResult, submit, blank = {}, exclusiveLabel, children }: RecordingFormProps) {
  const { replaces, asset, proposal } = page
  const [form, fields] = useForm<Values>({
    id: 'recording',
    lastResult: lastResult ?? null,
    defaultValue: { ...blank, ...proposal?.fields, ...replaces?.fields, sensitive: replaces?.sensitive ?? [], terms: replaces?.scope ?? blankScope(page) },
  })
  const own = (name: OwnField): FieldLike => fields[name]
  const terms = fields.terms.getFieldset()
  const territory = terms.territory.getFieldset()
  // Conform's fieldsets are proxies: nothing can be spread out of them.
  const { media, industry, from, until, zone, exclusive } = terms
  const scope = { media, industry, from, until, zone, exclusive, include: territory.include, except: territory.except }
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="stack" data-gap="lg">
      <FormErrors errors={form.errors} />
      {replaces && (
        <Notice title="It replaces the row as it stands">
          <p>The old reading stays on record: what was known before can still be asked.</p>
          {!replaces.scope && <p>The scope of the old row was recorded without terms. State it again.</p>}
        </Notice>
      )}
      {proposal && <FileSays statements={proposal.statements} />}
      {proposal && <input type="hidden" name="proposal" value={proposal.id} />}
      {replaces && <input type="hidden" name="replaces" value={replaces.id} />}
      {children(own)}
      <ScopeFields choices={page.choices} fields={scope} {...(exclusiveLabel && { exclusiveLabel })} />
      <Cluster>
        <SubmitButton>{submit}</SubmitButton>
        <ButtonLink to={`/rights/assets/${asset.id}`} tone="quiet">
          Cancel
        </ButtonLink>
      </Cluster>
    </Form>
  )
}

const blankScope = ({ today, zone, proposal }: Data): FormScope => ({
  media: [],
  territory: { include: [], except: [] },
  industry: [],
  from: proposal?.fields['from'] ?? today,
  until: proposal?.fields['until'] ?? '',
  zone,
  exclusive: '',
})
