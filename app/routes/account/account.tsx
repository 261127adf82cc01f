import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { RoleBadges } from '#app/components/accounts/roles.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { profileInput, type Profile } from '#services/accounts/schema.ts'
import { changeProfile } from '#services/accounts/users.ts'
import { accountPage } from '#services/accounts/views.ts'

export const meta = () => titled('Your account')

export const loader = async (args: LoaderFunctionArgs) => accountPage(await personOf(args))

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, profileInput)
  if (form.status !== 'success') return answerForm(form)

  await changeProfile(ctx, form.value)
  throw await redirectWithToast('/account', { tone: 'success', text: 'Your name is saved.' })
}

export default function AccountPage() {
  const { name, email, seats, sessions } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Profile>({ lastResult: useActionData<typeof action>(), defaultValue: { name } })
  return (
    <Page width="narrow">
      <PageHeader title="Your account">Signed in as {email}.</PageHeader>
      <Stack gap="lg">
        <Panel title="Profile">
          <Form method="post">
            <Stack>
              <FormErrors errors={form.errors} />
              <TextField
                field={fields.name}
                label="Name"
                hint="Colleagues see it, and new licences and records carry it."
                autoComplete="name"
                required
                maxLength={120}
              />
              <div>
                <SubmitButton>Save</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
        <Panel title="Getting in">
          <Stack>
            <p>
              {sessions === 1 ? 'You are signed in on this device only.' : `You are signed in ${sessions} times, this one included.`} Your
              password can be changed here; other devices are then signed out.
            </p>
            <div className="cluster">
              <ButtonLink to="/account/password" icon="key">
                Change password
              </ButtonLink>
              <ButtonLink to="/account/sessions" icon="lock">
                See where you are signed in
              </ButtonLink>
              <ButtonLink to="/account/keys" icon="key">
                Access keys for programs
              </ButtonLink>
            </div>
          </Stack>
        </Panel>
        <Panel title="Your organisations">
          <Table
            caption="The organisations for which you have a seat"
            hideCaption
            rows={seats}
            rowKey={(seat) => seat.memberId}
            columns={[
              { label: 'Organisation', head: true, cell: (seat) => seat.orgName },
              { label: 'Roles', cell: (seat) => <RoleBadges roles={seat.roles} /> },
              {
                label: 'Switch',
                align: 'end',
                bare: true,
                cell: (seat) =>
                  seat.current ? (
                    <Badge tone="info">Now here</Badge>
                  ) : (
                    <Form method="post" action="/account/seat">
                      <SubmitButton
                        size="sm"
                        tone="secondary"
                        name="memberId"
                        value={seat.memberId}
                        aria-label={`Switch to ${seat.orgName}`}
                      >
                        Switch
                      </SubmitButton>
                    </Form>
                  ),
              },
            ]}
          />
        </Panel>
      </Stack>
    </Page>
  )
}
