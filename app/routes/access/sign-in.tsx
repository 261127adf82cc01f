import { useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { arrive } from '#app/http/arrival.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { landingOf } from '#app/http/landing.server.ts'
import { tooManySaying, waitWords } from '#app/http/waiting.server.ts'
import type { Locked, SignInError } from '#services/accounts/errors.ts'
import { signInInput, type SignIn } from '#services/accounts/schema.ts'
import { signIn } from '#services/accounts/sign-ins.ts'
import { isPerson } from '#services/kernel/actor.ts'

export const meta = () => titled('Sign in')

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const then = safePath(searchParams.get('then'), '')
  if (isPerson(actor)) throw redirect(landingOf(actor, then))
  return { then, email: searchParams.get('email') ?? '', reset: searchParams.has('reset') }
}

const sayings = {
  'wrong-credentials': () => 'E-mail address and password do not match. Check both, or set a new password below.',
  locked: (detail, now) =>
    `Too many wrong passwords: this address is locked for ${waitWords(((detail as Locked).until.getTime() - now.getTime()) / 1000)}. To get in sooner, set a new password below.`,
  'too-many': tooManySaying,
  'no-seat': () =>
    'Your password is right, but you are not a member of any organisation here any more. Ask its administrator for an invitation.',
} satisfies Record<SignInError, (detail: unknown, now: Date) => string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, signInInput)
  if (form.status !== 'success') return answerForm(form)

  const { email, password, then } = form.value
  const outcome = await signIn(ctx, { email, password, ip: args.context.ip, userAgent: args.request.headers.get('user-agent') })
  if (!outcome.ok) {
    const waits = outcome.error === 'locked' || outcome.error === 'too-many'
    return answerForm(form, { formErrors: [sayings[outcome.error](outcome.detail, ctx.clock.now())] }, waits ? 429 : 400)
  }
  throw await arrive(args, ctx, outcome.value.secret, then)
}

export default function SignInPage() {
  const { then, email, reset } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<SignIn>({ lastResult: useActionData<typeof action>(), defaultValue: { email } })
  const onward = then ? `?${new URLSearchParams({ then })}` : ''
  return (
    <Door
      title="Sign in"
      lead={then ? 'You will then be taken to the page you asked for.' : 'For the people of the house, its partners and its customers.'}
      aside={
        <>
          <p>
            New here? <Link to={`/register${onward}`}>Open a customer account</Link>
          </p>
          <p className="muted">Partners and colleagues join by the invitation in their mail.</p>
        </>
      }
    >
      <Form method="post">
        <Stack>
          {reset && !form.errors && (
            <Notice tone="success" title="Your new password is set">
              <p>Sign in with it now. You were signed out everywhere else.</p>
            </Notice>
          )}
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
          <PasswordField field={fields.password} autoComplete="current-password" />
          <input type="hidden" name="then" value={then} />
          <SubmitButton wide size="lg">
            Sign in
          </SubmitButton>
          <p className="small">
            <Link to="/forgot-password">Forgotten your password?</Link>
          </p>
        </Stack>
      </Form>
    </Door>
  )
}
