import { useForm } from '@conform-to/react'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { Door } from '#app/components/accounts/door.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import { askForReset } from '#services/accounts/passwords.ts'
import { forgotInput, type Forgot } from '#services/accounts/schema.ts'

export const meta = () => titled('Forgotten password')

export async function loader(args: LoaderFunctionArgs) {
  await contextOf(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, forgotInput)
  if (form.status !== 'success') return data({ result: form.reply(), asked: null }, { status: 400 })

  const { email } = form.value
  const outcome = await askForReset(ctx, { email, ip: args.context.ip })
  if (!outcome.ok) return data({ result: form.reply({ formErrors: [tooManySaying(outcome.detail)] }), asked: null }, { status: 429 })
  return data({ result: form.reply(), asked: email })
}

export default function ForgotPassword() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Forgot>({ lastResult: answer?.result })
  const aside = (
    <p>
      <Link to="/sign-in">Back to the sign-in</Link>
    </p>
  )
  if (answer?.asked)
    return (
      <Door title="Look into your mail" aside={aside}>
        <Stack>
          <Notice tone="success" live title="A link is on its way">
            <p>
              If <strong>{answer.asked}</strong> has an account here, a link to a new password arrives within a minute. It works once, for
              an hour.
            </p>
          </Notice>
          <p className="small muted">
            Nothing came? Look among the unwanted mails, or ask your administrator under which address you were invited.
          </p>
        </Stack>
      </Door>
    )
  return (
    <Door title="Forgotten your password?" lead="Enter your address. We send you a link with which you choose a new one." aside={aside}>
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <TextField
            field={fields.email}
            label="E-mail"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={200}
          />
          <SubmitButton wide size="lg">
            Send the link
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
