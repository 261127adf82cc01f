import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useForm } from '@conform-to/react'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ScopeFields } from '#app/components/rights/scope-fields.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { contractForm } from '#services/exchange/contract-views.ts'
import { recordForMany } from '#services/exchange/many.ts'
import { recordForManyForm, type RecordForManyFields } from '#services/exchange/many-schema.ts'

export const meta = () => titled('Add pictures to a contract')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  return contractForm(ctx, args.params.contractId ?? '')
}

const unknown = (detail: unknown): string => {
  const { names = [], count = 0 } = (detail ?? {}) as { names?: string[]; count?: number }
  if (count === 0) return 'Name at least one picture.'
  const more = count > names.length ? ` and ${count - names.length} more` : ''
  return `No single picture is called so: ${names.join(', ')}${more}. Write ids where a title fits several. Nothing was recorded.`
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { contract } = await contractForm(ctx, args.params.contractId ?? '')
  const form = await parseForm(args.request, recordForManyForm)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await recordForMany(ctx, { ...form.value, contract: contract.reference })
  if (!outcome.ok) {
    const message = outcome.error === 'too-many' ? 'At most 2,000 pictures at once. Import a file for more.' : unknown(outcome.detail)
    return answerForm(form, { fieldErrors: { pictures: [message] } })
  }
  const { added, known } = outcome.value
  const text = `${added} ${added === 1 ? 'row' : 'rows'} recorded${known > 0 ? `, ${known} known already` : ''}.`
  return redirectWithToast(`/rights/contracts/${contract.id}`, { tone: 'success', text })
}

export default function AddPictures() {
  const { contract, zone, today, choices } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<RecordForManyFields>({
    id: 'many',
    lastResult: useActionData<typeof action>() ?? null,
    defaultValue: {
      licensor: contract.licensor,
      pictures: '',
      subLicensable: 'on',
      replaces: '',
      terms: { media: [], territory: { include: [], except: [] }, industry: [], from: today, until: '', zone, exclusive: '' },
    },
  })
  const terms = fields.terms.getFieldset()
  const territory = terms.territory.getFieldset()
  const { media, industry, from, until, exclusive } = terms
  const scope = { media, industry, from, until, zone: terms.zone, exclusive, include: territory.include, except: territory.except }
  const back = `/rights/contracts/${contract.id}`
  return (
    <Page width="narrow">
      <Breadcrumbs
        trail={[
          { to: '/rights/contracts', label: 'Contracts' },
          { to: back, label: contract.reference },
        ]}
      />
      <PageHeader title="Add pictures">What “{contract.reference}” gives, for all the pictures you name, or for none.</PageHeader>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="stack" data-gap="lg">
        <FormErrors errors={form.errors} />
        <Fieldset legend="Pictures">
          <TextArea field={fields.pictures} label="Pictures" rows={8} hint="One a line: the id, the title, or the name of the file." />
          <Checkbox
            field={fields.replaces}
            label="Replace what the contract gave for them before"
            hint="The old rows end and stay on record."
          />
        </Fieldset>
        <Fieldset legend="Contract">
          <TextField field={fields.licensor} label="From whom" />
          <Checkbox field={fields.subLicensable} label="May be licensed on to others" hint="Without it only our own people may use them." />
        </Fieldset>
        <ScopeFields choices={choices} fields={scope} exclusiveLabel="We hold these rights exclusively" />
        <Cluster>
          <SubmitButton>Record for these pictures</SubmitButton>
          <ButtonLink to={back} tone="quiet">
            Cancel
          </ButtonLink>
        </Cluster>
      </Form>
    </Page>
  )
}
