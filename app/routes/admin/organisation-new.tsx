import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { OrganisationFields } from '#app/components/accounts/organisation-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { inviteMember } from '#services/accounts/invitations.ts'
import { createOrganisation } from '#services/accounts/organisations.ts'
import { countryOptions } from '#services/accounts/rules/countries.ts'
import { newOrganisationInput, type NewOrganisation } from '#services/accounts/schema.ts'
import { currencies } from '#services/kernel/money.ts'

export const meta = () => titled('Add an organisation')

export async function loader(args: LoaderFunctionArgs) {
  await staffOf(args, 'ADMINISTRATOR')
  return { countries: countryOptions() }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const form = await parseForm(args.request, newOrganisationInput)
  if (form.status !== 'success') return answerForm(form)

  const { administrator, ...input } = form.value
  const outcome = await createOrganisation(ctx, input)
  if (!outcome.ok) return answerForm(form, { formErrors: [outcome.error] })
  const { orgId } = outcome.value
  const invited = administrator && (await inviteMember(ctx, { orgId, email: administrator, roles: ['ADMINISTRATOR', input.kind] })).ok
  throw await redirectWithToast(`/admin/organisations/${orgId}`, {
    tone: 'success',
    text: `${input.name} is added.${invited ? ` An invitation is on its way to ${administrator}.` : ''}`,
  })
}

export default function NewOrganisationPage() {
  const { countries } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<NewOrganisation>({
    lastResult: useActionData<typeof action>(),
    defaultValue: { kind: 'PARTNER', currency: 'EUR' },
  })
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/admin/organisations', label: 'Organisations' }]} />
      <PageHeader title="Add an organisation" />
      <Stack gap="lg">
        <Panel>
          <Form method="post">
            <Stack>
              <FormErrors errors={form.errors} />
              <RadioCards
                legend="What it is to us"
                field={fields.kind}
                cards={[
                  { value: 'PARTNER', title: 'Partner', body: 'Gets brand kits and asks for more. Nothing is paid.' },
                  { value: 'CUSTOMER', title: 'Customer', body: 'Buys licences in the store.' },
                ]}
              />
              <OrganisationFields fields={fields} countries={countries} />
              <Select field={fields.currency} label="Currency" options={currencies.map((code) => ({ value: code, label: code }))} />
              <TextField
                field={fields.administrator}
                label="E-mail of its administrator"
                type="email"
                hint="Gets an invitation, and invites colleagues from then on."
                autoComplete="off"
                maxLength={200}
                optional
              />
              <div>
                <SubmitButton>Add it</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
      </Stack>
    </Page>
  )
}
