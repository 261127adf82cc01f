import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { MembersPanel } from '#app/components/accounts/members.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerInviteForm } from '#app/http/invite-form.server.ts'
import { membersPage } from '#services/accounts/views.ts'

export const meta = () => titled('Members of the house')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  return membersPage(ctx, { orgId: ctx.actor.houseId, cursor: new URL(args.request.url).searchParams.get('after') })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  return answerInviteForm(args.request, ctx, ctx.actor.houseId, '/admin/members')
}

export default function HouseMembers() {
  const page = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Admin" title="Members of the house">
        The people of {page.org.name} and their roles. Partners’ and customers’ people are with their organisations.
      </PageHeader>
      <Stack gap="lg">
        <MembersPanel {...page} here="/admin/members" lastResult={useActionData<typeof action>()} />
      </Stack>
    </Page>
  )
}
