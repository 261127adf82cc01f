import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { kindWords } from '#app/components/accounts/organisation-facts.tsx'
import { OrganisationForm } from '#app/components/accounts/organisation-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerOrganisationForm } from '#app/http/organisation-form.server.ts'
import { countryOptions } from '#services/accounts/rules/countries.ts'
import type { ChangeOrganisation } from '#services/accounts/schema.ts'
import { organisationPage } from '#services/accounts/views.ts'

export const meta = () => titled('Organisation')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  return { org: await organisationPage(ctx, args.params.orgId ?? ''), countries: countryOptions() }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const { orgId = '' } = args.params
  return answerOrganisationForm(args.request, ctx, orgId, `/admin/organisations/${orgId}`)
}

export default function Organisation() {
  const { org, countries } = useLoaderData<typeof loader>()
  const { id, name, email, country, address, vatId } = org
  const [form, fields] = useForm<ChangeOrganisation>({
    lastResult: useActionData<typeof action>(),
    defaultValue: { name, email, country, address, vatId },
  })
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/admin/organisations', label: 'Organisations' }]} />
      <PageHeader
        eyebrow={kindWords[org.kind]}
        title={name}
        actions={
          <ButtonLink to={`/admin/organisations/${id}/members`} icon="people">
            Members
          </ButtonLink>
        }
      />
      <Stack gap="lg">
        {org.closedAt && (
          <Notice tone="warning" title="This organisation is closed">
            <Form method="post" action={`/admin/organisations/${id}/reopen`}>
              <Stack gap="sm">
                <p>Nobody of it can sign in. Its licences stand as they are.</p>
                <div>
                  <SubmitButton tone="secondary" size="sm">
                    Reopen it
                  </SubmitButton>
                </div>
              </Stack>
            </Form>
          </Notice>
        )}
        <Panel title="Details">
          <OrganisationForm fields={fields} errors={form.errors} countries={countries} />
        </Panel>
        {org.may.close && !org.closedAt && (
          <Panel title="End the business with it">
            <Stack>
              <p>Its members are signed out and cannot sign in again until you reopen it. Licences, orders and records stay.</p>
              <div>
                <Dialog title={`Close ${name}?`} trigger="Close the organisation" tone="danger">
                  <Form method="post" action={`/admin/organisations/${id}/close`}>
                    <Stack>
                      <p>
                        Everybody of {name} is signed out at once. Licences that are in force stay in force; suspend or revoke them at the
                        rights desk if they should not.
                      </p>
                      <SubmitButton tone="danger">Close {name}</SubmitButton>
                    </Stack>
                  </Form>
                </Dialog>
              </div>
            </Stack>
          </Panel>
        )}
      </Stack>
    </Page>
  )
}
