import { useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { arrive } from '#app/http/arrival.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import type { RegisterError, Weak } from '#services/accounts/errors.ts'
import { registerCustomer } from '#services/accounts/registrations.ts'
import { countryOptions } from '#services/accounts/rules/countries.ts'
import { registerInput, type Register } from '#services/accounts/schema.ts'
import { isPerson } from '#services/kernel/actor.ts'
import type { Language } from '#services/kernel/language.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'access')
  return titled(t('open-account'))
}

export async function loader(args: LoaderFunctionArgs) {
  const { actor, language } = await contextOf(args)
  const then = safePath(new URL(args.request.url).searchParams.get('then'), '')
  if (isPerson(actor)) throw redirect(then || '/account')
  return { then, countries: countryOptions(language) }
}

const sayings = {
  'email-taken': (_, language) => ({ fieldErrors: { email: [wordsOf(language, 'access')('email-taken')] } }),
  'password-weak': (detail) => ({ fieldErrors: { password: [(detail as Weak).reason] } }),
  'too-many': (detail, language) => ({ formErrors: [tooManySaying(detail, language)] }),
} satisfies Record<RegisterError, (detail: unknown, language: Language) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, registerInput)
  if (form.status !== 'success') return answerForm(form)

  const { then, ...input } = form.value
  const outcome = await registerCustomer(ctx, { ...input, ip: args.context.ip, userAgent: args.request.headers.get('user-agent') })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](outcome.detail, ctx.language), outcome.error === 'too-many' ? 429 : 409)
  throw await arrive(args, ctx, outcome.value.secret, safePath(then, '/'))
}

export default function RegisterPage() {
  const t = useTranslations('access')
  const { then, countries } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Register>({ lastResult: useActionData<typeof action>() })
  const onward = then ? `?${new URLSearchParams({ then })}` : ''
  return (
    <Door
      title={t('open-account')}
      lead={t('register-lead')}
      aside={
        <p>
          {t('have-one')} <Link to={`/sign-in${onward}`}>{t('sign-in')}</Link>
        </p>
      }
    >
      <Form method="post">
        <Stack>
          <FormErrors errors={form.errors} />
          <TextField
            field={fields.organisation}
            label={t('company')}
            hint={t('company-hint')}
            autoComplete="organization"
            required
            maxLength={120}
          />
          <Select
            field={fields.country}
            label={t('country')}
            placeholder={t('choose')}
            options={countries}
            autoComplete="country"
            required
          />
          <TextField field={fields.name} label={t('your-name')} autoComplete="name" required maxLength={120} />
          <TextField
            field={fields.email}
            label={t('email')}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={200}
          />
          <PasswordField field={fields.password} autoComplete="new-password" hint={t('password-hint')} />
          <input type="hidden" name="then" value={then} />
          <SubmitButton wide size="lg">
            {t('open-the-account')}
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
