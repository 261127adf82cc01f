import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { MembersPanel } from '#app/components/accounts/members.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerInviteForm } from '#app/http/invite-form.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { membersPage } from '#services/accounts/views.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'account')
  return titled(t('members'))
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return membersPage(ctx, { orgId: ctx.actor.orgId, cursor: new URL(args.request.url).searchParams.get('after') })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  return answerInviteForm(args.request, ctx, ctx.actor.orgId, '/organisation/members')
}

export default function MembersPage() {
  const t = useTranslations('account')
  const page = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/organisation', label: page.org.name }]} />
      <PageHeader title={t('members')}>{page.mayManage ? t('may-act') : t('who-acts')}</PageHeader>
      <Stack gap="lg">
        <MembersPanel {...page} here="/organisation/members" lastResult={useActionData<typeof action>()} />
      </Stack>
    </Page>
  )
}
