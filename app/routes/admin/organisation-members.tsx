import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { MembersPanel } from '#app/components/accounts/members.tsx'
import { kindWords } from '#app/components/accounts/organisation-facts.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerInviteForm } from '#app/http/invite-form.server.ts'
import { membersPage } from '#services/accounts/views.ts'

export const meta = () => titled('Members')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  return membersPage(ctx, { orgId: args.params.orgId ?? '', cursor: new URL(args.request.url).searchParams.get('after') })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const { orgId = '' } = args.params
  return answerInviteForm(args.request, ctx, orgId, `/admin/organisations/${orgId}/members`)
}

export default function OrganisationMembers() {
  const page = useLoaderData<typeof loader>()
  const { id, name, kind } = page.org
  const trail = [
    { to: '/admin/organisations', label: 'Organisations' },
    { to: `/admin/organisations/${id}`, label: name },
  ]
  return (
    <Page>
      <Breadcrumbs trail={trail} />
      <PageHeader eyebrow={kindWords[kind]} title={`Members of ${name}`} />
      <Stack gap="lg">
        <MembersPanel {...page} here={`/admin/organisations/${id}/members`} lastResult={useActionData<typeof action>()} />
      </Stack>
    </Page>
  )
}
