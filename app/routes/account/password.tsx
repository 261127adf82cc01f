import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import type { ChangePasswordError, Weak } from '#services/accounts/errors.ts'
import { changePassword } from '#services/accounts/passwords.ts'
import { passwordInput, type ChangePassword } from '#services/accounts/schema.ts'

export const meta = () => titled('Change password')

export const loader = async (args: LoaderFunctionArgs) => ({ email: (await personOf(args)).actor.email })

const sayings = {
  'wrong-password': () => ({ fieldErrors: { currentPassword: ['This is not your present password.'] } }),
  'password-weak': (detail) => ({ fieldErrors: { newPassword: [(detail as Weak).reason] } }),
  'too-many': (detail) => ({ formErrors: [tooManySaying(detail)] }),
} satisfies Record<ChangePasswordError, (detail: unknown) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, passwordInput)
  if (form.status !== 'success') return answerForm(form)

  const outcome = await changePassword(ctx, form.value)
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail), outcome.error === 'too-many' ? 429 : 409)
  const { ended } = outcome.value
  throw await redirectWithToast('/account', {
    tone: 'success',
    text: `Your new password is set.${ended > 0 ? ` ${ended === 1 ? 'One other device was' : `${ended} other devices were`} signed out.` : ''}`,
  })
}

export default function ChangePasswordPage() {
  const { email } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<ChangePassword>({ lastResult: useActionData<typeof action>() })
  return (
    <Door
      title="Change password"
      lead="Other devices are signed out when it is done."
      aside={<Link to="/account">Back to your account</Link>}
    >
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          {/* For password managers: whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField field={fields.currentPassword} label="Present password" autoComplete="current-password" />
          <PasswordField
            field={fields.newPassword}
            label="New password"
            autoComplete="new-password"
            hint="At least 12 characters. A few unrelated words do well."
          />
          <SubmitButton wide>Change password</SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
