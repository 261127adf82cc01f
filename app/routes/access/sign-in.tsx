import { useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Door } from '#app/components/accounts/door.tsx'
import { PasswordField } from '#app/components/accounts/password-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { arrive } from '#app/http/arrival.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { safePath } from '#app/http/guard.server.ts'
import { landingOf } from '#app/http/landing.server.ts'
import { tooManySaying, waitWords } from '#app/http/waiting.server.ts'
import deskStyles from '#app/styles/desk.css?url'
import { wordsOf, languageOf } from '#app/words/words.ts'
import type { Locked, SignInError } from '#services/accounts/errors.ts'
import { signInInput, type SignIn } from '#services/accounts/schema.ts'
import { signIn } from '#services/accounts/sign-ins.ts'
import { isPerson } from '#services/kernel/actor.ts'
import type { Language } from '#services/kernel/language.ts'

/** Some of those who sign in go on to a desk: what it looks like is there by then. */
export const links: LinksFunction = () => [{ rel: 'prefetch', as: 'style', href: deskStyles }]

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'access')
  return titled(t('sign-in'))
}

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await contextOf(args)
  const { searchParams } = new URL(args.request.url)
  const then = safePath(searchParams.get('then'), '')
  if (isPerson(actor)) throw redirect(landingOf(actor, then))
  return { then, email: searchParams.get('email') ?? '', reset: searchParams.has('reset') }
}

const sayings = {
  'wrong-credentials': (_, __, language) => wordsOf(language, 'access')('wrong-credentials'),
  locked: (detail, now, language) => {
    const wait = waitWords(((detail as Locked).until.getTime() - now.getTime()) / 1000, language)
    return wordsOf(language, 'access')('locked', { wait })
  },
  'too-many': (detail, _, language) => tooManySaying(detail, language),
  'no-seat': (_, __, language) => wordsOf(language, 'access')('no-seat'),
} satisfies Record<SignInError, (detail: unknown, now: Date, language: Language) => string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await contextOf(args)
  const form = await parseForm(args.request, signInInput)
  if (form.status !== 'success') return answerForm(form)

  const { email, password, then } = form.value
  const outcome = await signIn(ctx, { email, password, ip: args.context.ip, userAgent: args.request.headers.get('user-agent') })
  if (!outcome.ok) {
    const waits = outcome.error === 'locked' || outcome.error === 'too-many'
    return answerForm(form, { formErrors: [sayings[outcome.error](outcome.detail, ctx.clock.now(), ctx.language)] }, waits ? 429 : 400)
  }
  throw await arrive(args, ctx, outcome.value.secret, then)
}

export default function SignInPage() {
  const t = useTranslations('access')
  const { then, email, reset } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<SignIn>({ lastResult: useActionData<typeof action>(), defaultValue: { email } })
  const onward = then ? `?${new URLSearchParams({ then })}` : ''
  return (
    <Door
      title={t('sign-in')}
      lead={then ? t('then') : t('for-whom')}
      aside={
        <>
          <p>
            {t('new-here')} <Link to={`/register${onward}`}>{t('open-customer')}</Link>
          </p>
          <p className="muted">{t('by-invitation')}</p>
        </>
      }
    >
      <Form method="post">
        <Stack>
          {reset && !form.errors && (
            <Notice tone="success" title={t('new-password-set')}>
              <p>{t('sign-in-now')}</p>
            </Notice>
          )}
          <FormErrors errors={form.errors} />
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
          <PasswordField field={fields.password} autoComplete="current-password" />
          <input type="hidden" name="then" value={then} />
          <SubmitButton wide size="lg">
            {t('sign-in')}
          </SubmitButton>
          <p className="small">
            <Link to="/forgot-password">{t('forgotten')}</Link>
          </p>
        </Stack>
      </Form>
    </Door>
  )
}
