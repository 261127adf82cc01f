import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { signedOutCookie } from '#app/http/session.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { endSessionInput } from '#services/accounts/schema.ts'
import { endSession } from '#services/accounts/sessions.ts'
import { sessionsPage } from '#services/accounts/views.ts'
import { Refusal } from '#services/kernel/errors.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'account')
  return titled(t('where'))
}

export const loader = async (args: LoaderFunctionArgs) => ({ sessions: await sessionsPage(await personOf(args)) })

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'account')
  const form = await parseForm(args.request, endSessionInput)
  if (form.status !== 'success') throw new Refusal('malformed', 'no session named')

  const outcome = await endSession(ctx, form.value)
  if (outcome.ok && outcome.value.own) return redirect('/sign-in', { status: 303, headers: { 'Set-Cookie': signedOutCookie(args) } })
  return redirectWithToast('/account/sessions', { tone: 'success', text: t('device-out') })
}

export default function SessionsPage() {
  const t = useTranslations('account')
  const { sessions } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/account', label: t('account') }]} />
      <PageHeader
        title={t('where')}
        actions={
          sessions.length > 1 && (
            <Form method="post" action="/account/sessions/others">
              <SubmitButton tone="danger">{t('out-others')}</SubmitButton>
            </Form>
          )
        }
      >
        {t('unknown-device')}
      </PageHeader>
      <Stack gap="lg">
        <Table
          caption={t('your-sessions')}
          hideCaption
          rows={sessions}
          rowKey={(session) => session.id}
          columns={[
            {
              label: t('device'),
              head: true,
              cell: ({ device, current }) => (
                <Cluster gap="sm">
                  {device}
                  {current && <Badge tone="success">{t('this-one')}</Badge>}
                </Cluster>
              ),
            },
            { label: t('for'), cell: ({ orgName }) => orgName },
            { label: t('address'), cell: ({ ip }) => <span className="numeric">{ip ?? t('unknown')}</span> },
            { label: t('signed-in'), cell: ({ createdAt }) => <When at={createdAt} /> },
            { label: t('last-seen'), cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
            {
              label: t('end'),
              align: 'end',
              bare: true,
              cell: ({ id, device, current }) => (
                <Form method="post">
                  <SubmitButton
                    size="sm"
                    tone="secondary"
                    name="sessionId"
                    value={id}
                    aria-label={t(current ? 'sign-out-this' : 'sign-out-of', { device })}
                  >
                    {t('sign-out')}
                  </SubmitButton>
                </Form>
              ),
            },
          ]}
        />
      </Stack>
    </Page>
  )
}
