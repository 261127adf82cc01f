import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { MembersPanel } from '#app/components/accounts/members.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerInviteForm } from '#app/http/invite-form.server.ts'
import { membersPage } from '#services/accounts/views.ts'

export const meta = () => titled('Members')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return membersPage(ctx, { orgId: ctx.actor.orgId, cursor: new URL(args.request.url).searchParams.get('after') })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  return answerInviteForm(args.request, ctx, ctx.actor.orgId, '/organisation/members')
}

export default function MembersPage() {
  const page = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/organisation', label: page.org.name }]} />
      <PageHeader title="Members">
        {page.mayManage
          ? 'Who may act for your organisation, and how.'
          : 'Who acts for your organisation. Its administrators invite and remove.'}
      </PageHeader>
      <Stack gap="lg">
        <MembersPanel {...page} here="/organisation/members" lastResult={useActionData<typeof action>()} />
      </Stack>
    </Page>
  )
}
