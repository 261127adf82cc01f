import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
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
import { wordsOf, languageOf, type Saying } from '#app/words/words.ts'
import type { JoinError, Weak } from '#services/accounts/errors.ts'
import { joinAsMember, joinAsNewcomer } from '#services/accounts/joining.ts'
import { joinInput, type Join } from '#services/accounts/schema.ts'
import { invitationPage } from '#services/accounts/views.ts'
import { isPerson } from '#services/kernel/actor.ts'
import type { Language } from '#services/kernel/language.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'access')
  return titled(t('invitation'))
}
// The address holds a secret: it goes to no other site, and no cache keeps the page. Not `no-referrer`: then a form without
// script names no origin, and is refused as anybody's.
export const headers = () => ({ 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-store' })

export const loader = async (args: LoaderFunctionArgs) => invitationPage(await contextOf(args), args.params.token ?? '')

const sayings = (t: Saying<'access'>, language: Language) =>
  ({
    'invitation-expired': () => t('invitation-expired'),
    'invitation-used': () => t('invitation-used'),
    'invitation-revoked': () => t('invitation-revoked'),
    'account-exists': () => t('account-exists'),
    'other-account': () => t('invitation-other'),
    'password-weak': (detail) => (detail as Weak).reason,
    'too-many': (detail) => tooManySaying(detail, language),
  }) satisfies Record<JoinError, (detail: unknown) => string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const say = sayings(wordsOf(ctx.language, 'access'), ctx.language)
  const { token = '' } = args.params
  const visit = { token, ip: args.context.ip, userAgent: args.request.headers.get('user-agent') }
  // Whoever is signed in has said who they are: for them the form is a button.
  if (isPerson(ctx.actor)) {
    const outcome = await joinAsMember(ctx, visit)
    if (!outcome.ok) throw await redirectWithToast(`/join/${token}`, { tone: 'danger', text: say[outcome.error](outcome.detail) })
    throw await arrive(args, ctx, outcome.value.secret)
  }
  const form = await parseForm(args.request, joinInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await joinAsNewcomer(ctx, { ...visit, ...form.value })
  if (!outcome.ok) {
    const saying = [say[outcome.error](outcome.detail)]
    return answerForm(form, outcome.error === 'password-weak' ? { fieldErrors: { password: saying } } : { formErrors: saying })
  }
  throw await arrive(args, ctx, outcome.value.secret)
}

export default function JoinPage() {
  const t = useTranslations('access')
  const invitation = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Join>({ lastResult: useActionData<typeof action>(), defaultValue: { name: invitation.name ?? '' } })
  if (invitation.state !== 'open') return <ClosedInvitation state={invitation.state} orgName={invitation.orgName} />
  if (invitation.next !== 'newcomer') return <JoinWithAccount {...invitation} next={invitation.next} />
  return (
    <Door eyebrow={t('invitation')} title={t('join', { org: invitation.orgName })} lead={t('join-lead', { email: invitation.email })}>
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <input type="hidden" name="username" autoComplete="username" value={invitation.email} readOnly />
          <TextField field={fields.name} label={t('your-name')} autoComplete="name" required maxLength={120} />
          <PasswordField field={fields.password} autoComplete="new-password" hint={t('password-hint')} />
          <SubmitButton wide size="lg">
            {t('join', { org: invitation.orgName })}
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
