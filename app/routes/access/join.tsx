import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { Door } from '#app/components/accounts/door.tsx'
import { ClosedInvitation, JoinWithAccount } from '#app/components/accounts/invitation.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { arrive } from '#app/http/arrival.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import type { JoinError, Weak } from '#services/accounts/errors.ts'
import { joinAsMember, joinAsNewcomer } from '#services/accounts/joining.ts'
import { joinInput, type Join } from '#services/accounts/schema.ts'
import { invitationPage } from '#services/accounts/views.ts'
import { isPerson } from '#services/kernel/actor.ts'

export const meta = () => titled('Invitation')
// The address holds a secret: it goes to nobody, and no cache keeps the page.
export const headers = () => ({ 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' })

export const loader = async (args: LoaderFunctionArgs) => invitationPage(await contextOf(args), args.params.token ?? '')

const sayings = {
  'invitation-expired': () => 'This invitation has expired. Ask for a new one.',
  'invitation-used': () => 'This invitation has been used. Sign in instead.',
  'invitation-revoked': () => 'This invitation was taken back. Ask whoever invited you.',
  'account-exists': () => 'You have an account already. Sign in with it, then open the invitation again.',
  'other-account': () => 'This invitation is for another address. Sign in under that one.',
  'password-weak': (detail) => (detail as Weak).reason,
  'too-many': tooManySaying,
} satisfies Record<JoinError, (detail: unknown) => string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const { token = '' } = args.params
  const visit = { token, ip: args.context.ip, userAgent: args.request.headers.get('user-agent') }
  // Whoever is signed in has said who they are: for them the form is a button.
  if (isPerson(ctx.actor)) {
    const outcome = await joinAsMember(ctx, visit)
    if (!outcome.ok) throw await redirectWithToast(`/join/${token}`, { tone: 'danger', text: sayings[outcome.error](outcome.detail) })
    throw await arrive(args, ctx, outcome.value.secret)
  }
  const form = await parseForm(args.request, joinInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await joinAsNewcomer(ctx, { ...visit, ...form.value })
  if (!outcome.ok) {
    const saying = [sayings[outcome.error](outcome.detail)]
    return answerForm(form, outcome.error === 'password-weak' ? { fieldErrors: { password: saying } } : { formErrors: saying })
  }
  throw await arrive(args, ctx, outcome.value.secret)
}

export default function JoinPage() {
  const invitation = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Join>({ lastResult: useActionData<typeof action>(), defaultValue: { name: invitation.name ?? '' } })
  if (invitation.state !== 'open') return <ClosedInvitation state={invitation.state} orgName={invitation.orgName} />
  if (invitation.next !== 'newcomer') return <JoinWithAccount {...invitation} next={invitation.next} />
  return (
    <Door
      eyebrow="Invitation"
      title={`Join ${invitation.orgName}`}
      lead={`You were invited as ${invitation.email}. Tell us your name and choose a password.`}
    >
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <input type="hidden" name="username" autoComplete="username" value={invitation.email} readOnly />
          <TextField field={fields.name} label="Your name" autoComplete="name" required maxLength={120} />
          <PasswordField
            field={fields.password}
            autoComplete="new-password"
            hint="At least 12 characters. A few unrelated words do well."
          />
          <SubmitButton wide size="lg">
            Join {invitation.orgName}
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
