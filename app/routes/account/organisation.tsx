import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { kindWords, OrganisationFacts } from '#app/components/accounts/organisation-facts.tsx'
import { OrganisationForm } from '#app/components/accounts/organisation-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerOrganisationForm } from '#app/http/organisation-form.server.ts'
import { countryOptions } from '#services/accounts/rules/countries.ts'
import type { ChangeOrganisation } from '#services/accounts/schema.ts'
import { organisationPage } from '#services/accounts/views.ts'

export const meta = () => titled('Your organisation')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return { org: await organisationPage(ctx, ctx.actor.orgId), countries: countryOptions() }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  return answerOrganisationForm(args.request, ctx, ctx.actor.orgId, '/organisation')
}

export default function OrganisationPage() {
  const { org, countries } = useLoaderData<typeof loader>()
  const { name, email, country, address, vatId } = org
  const [form, fields] = useForm<ChangeOrganisation>({
    lastResult: useActionData<typeof action>(),
    defaultValue: { name, email, country, address, vatId },
  })
  return (
    <Page width="narrow">
      <PageHeader
        eyebrow={kindWords[org.kind]}
        title={org.name}
        actions={
          <ButtonLink to="/organisation/members" icon="people">
            Members
          </ButtonLink>
        }
      >
        Details for invoices and licences. Papers already issued keep what they say.
      </PageHeader>
      <Stack gap="lg">
        <Panel title="Details">
          {org.may.edit ? (
            <OrganisationForm fields={fields} errors={form.errors} countries={countries} />
          ) : (
            <Stack>
              <Notice>
                <p>Your administrator keeps these details. Tell them if something is wrong.</p>
              </Notice>
              <OrganisationFacts {...org} />
            </Stack>
          )}
        </Panel>
      </Stack>
    </Page>
  )
}
