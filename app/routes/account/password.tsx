import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import type { Language } from '#services/kernel/language.ts'
import type { ChangePasswordError, Weak } from '#services/accounts/errors.ts'
import { changePassword } from '#services/accounts/passwords.ts'
import { passwordInput, type ChangePassword } from '#services/accounts/schema.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'account')
  return titled(t('change-password'))
}

export const loader = async (args: LoaderFunctionArgs) => ({ email: (await personOf(args)).actor.email })

const sayings = {
  'wrong-password': (_, language) => ({ fieldErrors: { currentPassword: [wordsOf(language, 'account')('wrong-password')] } }),
  'password-weak': (detail) => ({ fieldErrors: { newPassword: [(detail as Weak).reason] } }),
  'too-many': (detail, language) => ({ formErrors: [tooManySaying(detail, language)] }),
} satisfies Record<ChangePasswordError, (detail: unknown, language: Language) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, passwordInput)
  if (form.status !== 'success') return answerForm(form)

  const outcome = await changePassword(ctx, form.value)
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail, ctx.language), outcome.error === 'too-many' ? 429 : 409)
  const { ended } = outcome.value
  throw await redirectWithToast('/account', {
    tone: 'success',
    text: wordsOf(ctx.language, 'account')('password-set', { count: ended }),
  })
}

export default function ChangePasswordPage() {
  const t = useTranslations('account')
  const { email } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<ChangePassword>({ lastResult: useActionData<typeof action>() })
  return (
    <Door title={t('change-password')} lead={t('others-out')} aside={<Link to="/account">{t('back')}</Link>}>
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          {/* For password managers: whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordField field={fields.currentPassword} label={t('present-password')} autoComplete="current-password" />
          <PasswordField field={fields.newPassword} label={t('new-password')} autoComplete="new-password" hint={t('password-hint')} />
          <SubmitButton wide>{t('change-password')}</SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
