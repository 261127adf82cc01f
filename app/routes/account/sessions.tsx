import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
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
import { endSessionInput } from '#services/accounts/schema.ts'
import { endSession } from '#services/accounts/sessions.ts'
import { sessionsPage } from '#services/accounts/views.ts'
import { Refusal } from '#services/kernel/errors.ts'

export const meta = () => titled('Where you are signed in')

export const loader = async (args: LoaderFunctionArgs) => ({ sessions: await sessionsPage(await personOf(args)) })

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, endSessionInput)
  if (form.status !== 'success') throw new Refusal('malformed', 'no session named')

  const outcome = await endSession(ctx, form.value)
  if (outcome.ok && outcome.value.own) return redirect('/sign-in', { status: 303, headers: { 'Set-Cookie': signedOutCookie(args) } })
  return redirectWithToast('/account/sessions', { tone: 'success', text: 'That device is signed out.' })
}

export default function SessionsPage() {
  const { sessions } = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/account', label: 'Your account' }]} />
      <PageHeader
        title="Where you are signed in"
        actions={
          sessions.length > 1 && (
            <Form method="post" action="/account/sessions/others">
              <SubmitButton tone="danger">Sign out all others</SubmitButton>
            </Form>
          )
        }
      >
        If you do not know one of these devices, sign it out and change your password.
      </PageHeader>
      <Stack gap="lg">
        <Table
          caption="Your sessions"
          hideCaption
          rows={sessions}
          rowKey={(session) => session.id}
          columns={[
            {
              label: 'Device',
              head: true,
              cell: ({ device, current }) => (
                <Cluster gap="sm">
                  {device}
                  {current && <Badge tone="success">This one</Badge>}
                </Cluster>
              ),
            },
            { label: 'For', cell: ({ orgName }) => orgName },
            { label: 'Address', cell: ({ ip }) => <span className="numeric">{ip ?? 'unknown'}</span> },
            { label: 'Signed in', cell: ({ createdAt }) => <When at={createdAt} /> },
            { label: 'Last seen', cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
            {
              label: 'End',
              align: 'end',
              bare: true,
              cell: ({ id, device, current }) => (
                <Form method="post">
                  <SubmitButton
                    size="sm"
                    tone="secondary"
                    name="sessionId"
                    value={id}
                    aria-label={`Sign out ${device}${current ? ', this device' : ''}`}
                  >
                    Sign out
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
