import { useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { arrive } from '#app/http/arrival.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import type { RegisterError, Weak } from '#services/accounts/errors.ts'
import { registerCustomer } from '#services/accounts/registrations.ts'
import { countryOptions } from '#services/accounts/rules/countries.ts'
import { registerInput, type Register } from '#services/accounts/schema.ts'
import { isPerson } from '#services/kernel/actor.ts'

export const meta = () => titled('Open an account')

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await contextOf(args)
  const then = safePath(new URL(args.request.url).searchParams.get('then'), '')
  if (isPerson(actor)) throw redirect(then || '/account')
  return { then, countries: countryOptions() }
}

const sayings = {
  'email-taken': () => ({ fieldErrors: { email: ['This address has an account already. Sign in instead, or set a new password.'] } }),
  'password-weak': (detail) => ({ fieldErrors: { password: [(detail as Weak).reason] } }),
  'too-many': (detail) => ({ formErrors: [tooManySaying(detail)] }),
} satisfies Record<RegisterError, (detail: unknown) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, registerInput)
  if (form.status !== 'success') return answerForm(form)

  const { then, ...input } = form.value
  const outcome = await registerCustomer(ctx, { ...input, ip: args.context.ip, userAgent: args.request.headers.get('user-agent') })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail), outcome.error === 'too-many' ? 429 : 409)
  throw await arrive(args, ctx, outcome.value.secret, safePath(then, '/'))
}

export default function RegisterPage() {
  const { then, countries } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Register>({ lastResult: useActionData<typeof action>() })
  const onward = then ? `?${new URLSearchParams({ then })}` : ''
  return (
    <Door
      title="Open an account"
      lead="For companies and people who license pictures. It takes a minute and costs nothing."
      aside={
        <p>
          You have an account? <Link to={`/sign-in${onward}`}>Sign in</Link>
        </p>
      }
    >
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <TextField
            field={fields.organisation}
            label="Company"
            hint="Printed on licences as the licensee. Your own name will do."
            autoComplete="organization"
            required
            maxLength={120}
          />
          <Select field={fields.country} label="Country" placeholder="Choose" options={countries} autoComplete="country" required />
          <TextField field={fields.name} label="Your name" autoComplete="name" required maxLength={120} />
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
          <PasswordField
            field={fields.password}
            autoComplete="new-password"
            hint="At least 12 characters. A few unrelated words do well."
          />
          <input type="hidden" name="then" value={then} />
          <SubmitButton wide size="lg">
            Open the account
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
