import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { OrganisationFacts } from '#app/components/accounts/organisation-facts.tsx'
import { OrganisationForm } from '#app/components/accounts/organisation-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerOrganisationForm } from '#app/http/organisation-form.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { countryOptions } from '#services/accounts/rules/countries.ts'
import type { ChangeOrganisation } from '#services/accounts/schema.ts'
import { organisationPage } from '#services/accounts/views.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'account')
  return titled(t('your-organisation'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return { org: await organisationPage(ctx, ctx.actor.orgId), countries: countryOptions(ctx.language) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  return answerOrganisationForm(args.request, ctx, ctx.actor.orgId, '/organisation')
}

export default function OrganisationPage() {
  const t = useTranslations('account')
  const { org, countries } = useLoaderData<typeof loader>()
  const { name, email, country, address, vatId } = org
  const [form, fields] = useForm<ChangeOrganisation>({
    lastResult: useActionData<typeof action>(),
    defaultValue: { name, email, country, address, vatId },
  })
  return (
    <Page width="narrow">
      <PageHeader
        eyebrow={t(`kinds.${org.kind}`)}
        title={org.name}
        actions={
          <ButtonLink to="/organisation/members" icon="people">
            {t('members')}
          </ButtonLink>
        }
      >
        {t('details-lede')}
      </PageHeader>
      <Stack gap="lg">
        <Panel title={t('details')}>
          {org.may.edit ? (
            <OrganisationForm fields={fields} errors={form.errors} countries={countries} />
          ) : (
            <Stack>
              <Notice>
                <p>{t('administrator-keeps')}</p>
              </Notice>
              <OrganisationFacts {...org} />
            </Stack>
          )}
        </Panel>
      </Stack>
    </Page>
  )
}
