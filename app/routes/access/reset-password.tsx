import { useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { signedOutCookie } from '#app/http/session.server.ts'
import { wordsOf, languageOf, type Saying } from '#app/words/words.ts'
import type { ResetError, Weak } from '#services/accounts/errors.ts'
import { resetPassword } from '#services/accounts/passwords.ts'
import { resetInput, type Reset } from '#services/accounts/schema.ts'
import { resetPage } from '#services/accounts/views.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'access')
  return titled(t('new-password'))
}
// The address holds a secret: it goes to no other site, and no cache keeps the page. Not `no-referrer`: then a form without
// script names no origin, and is refused as anybody's.
export const headers = () => ({ 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-store' })

export const loader = async (args: LoaderFunctionArgs) => resetPage(await contextOf(args), args.params.token ?? '')

const sayings = {
  'link-expired': (_, t) => ({ formErrors: [t('link-expired')] }),
  'link-used': (_, t) => ({ formErrors: [t('link-used')] }),
  'password-weak': (detail) => ({ fieldErrors: { password: [(detail as Weak).reason] } }),
} satisfies Record<ResetError, (detail: unknown, t: Saying<'access'>) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, resetInput)
  if (form.status !== 'success') return answerForm(form)

  const outcome = await resetPassword(ctx, { token: args.params.token ?? '', password: form.value.password })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail, wordsOf(ctx.language, 'access')))
  const search = new URLSearchParams({ reset: '1', email: outcome.value.email })
  throw redirect(`/sign-in?${search}`, { status: 303, headers: { 'Set-Cookie': signedOutCookie(args) } })
}

export default function ResetPassword() {
  const t = useTranslations('access')
  const { state, email } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Reset>({ lastResult: useActionData<typeof action>() })
  if (state !== 'open')
    return (
      <Door title={t('opens-nothing')}>
        <Stack>
          <Notice tone="warning" title={t(state === 'used' ? 'closed.used.title' : 'hour-over')}>
            <p>{t('work-once')}</p>
          </Notice>
          <ButtonLink to="/forgot-password" tone="primary" wide>
            {t('ask-new-link')}
          </ButtonLink>
          <p className="small">
            <Link to="/sign-in">{t('back-to-sign-in')}</Link>
          </p>
        </Stack>
      </Door>
    )
  return (
    <Door title={t('choose-new')} lead={t('choose-new-lead', { email })}>
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          {/* For password managers: whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField field={fields.password} label={t('new-password')} autoComplete="new-password" hint={t('password-hint')} />
          <SubmitButton wide size="lg">
            {t('set-password')}
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
