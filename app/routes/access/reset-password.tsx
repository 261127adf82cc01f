import { useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { signedOutCookie } from '#app/http/session.server.ts'
import type { ResetError, Weak } from '#services/accounts/errors.ts'
import { resetPassword } from '#services/accounts/passwords.ts'
import { resetInput, type Reset } from '#services/accounts/schema.ts'
import { resetPage } from '#services/accounts/views.ts'

export const meta = () => titled('New password')
// The address holds a secret: it goes to nobody, and no cache keeps the page.
export const headers = () => ({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' })

export const loader = async (args: LoaderFunctionArgs) => resetPage(await contextOf(args), args.params.token ?? '')

const sayings = {
  'link-expired': () => ({ formErrors: ['This link has expired. Ask for a new one.'] }),
  'link-used': () => ({ formErrors: ['This link has been used. Ask for a new one if that was not you.'] }),
  'password-weak': (detail) => ({ fieldErrors: { password: [(detail as Weak).reason] } }),
} satisfies Record<ResetError, (detail: unknown) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, resetInput)
  if (form.status !== 'success') return answerForm(form)

  const outcome = await resetPassword(ctx, { token: args.params.token ?? '', password: form.value.password })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail))
  const search = new URLSearchParams({ reset: '1', email: outcome.value.email })
  throw redirect(`/sign-in?${search}`, { status: 303, headers: { 'Set-Cookie': signedOutCookie(args) } })
}

export default function ResetPassword() {
  const { state, email } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Reset>({ lastResult: useActionData<typeof action>() })
  if (state !== 'open')
    return (
      <Door title="This link opens nothing any more">
        <Stack>
          <Notice tone="warning" title={state === 'used' ? 'It has been used' : 'Its hour is over'}>
            <p>Links to a new password work once, for an hour. If you still need one, ask for another.</p>
          </Notice>
          <ButtonLink to="/forgot-password" tone="primary" wide>
            Ask for a new link
          </ButtonLink>
          <p className="small">
            <Link to="/sign-in">Back to the sign-in</Link>
          </p>
        </Stack>
      </Door>
    )
  return (
    <Door title="Choose a new password" lead={`For ${email}. You will be signed out everywhere.`}>
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          {/* For password managers: whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField
            field={fields.password}
            label="New password"
            autoComplete="new-password"
            hint="At least 12 characters. A few unrelated words do well."
          />
          <SubmitButton wide size="lg">
            Set the password
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
