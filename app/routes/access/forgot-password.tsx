import { useForm } from '@conform-to/react'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { Door } from '#app/components/accounts/door.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { parseForm } from '#app/http/form.server.ts'
import { tooManySaying } from '#app/http/waiting.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { askForReset } from '#services/accounts/passwords.ts'
import { forgotInput, type Forgot } from '#services/accounts/schema.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'access')
  return titled(t('forgotten-title'))
}

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
  if (!outcome.ok)
    return data({ result: form.reply({ formErrors: [tooManySaying(outcome.detail, ctx.language)] }), asked: null }, { status: 429 })
  return data({ result: form.reply(), asked: email })
}

export default function ForgotPassword() {
  const t = useTranslations('access')
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Forgot>({ lastResult: answer?.result })
  const aside = (
    <p>
      <Link to="/sign-in">{t('back-to-sign-in')}</Link>
    </p>
  )
  if (answer?.asked)
    return (
      <Door title={t('look-into-mail')} aside={aside}>
        <Stack>
          <Notice tone="success" live title={t('on-its-way')}>
            <p>{t.rich('link-arrives', { email: answer.asked, b: (chunks) => <strong>{chunks}</strong> })}</p>
          </Notice>
          <p className="small muted">{t('nothing-came')}</p>
        </Stack>
      </Door>
    )
  return (
    <Door title={t('forgotten')} lead={t('enter-address')} aside={aside}>
      <Form method="post">
        <Stack>
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
          <SubmitButton wide size="lg">
            {t('send-link')}
          </SubmitButton>
        </Stack>
      </Form>
    </Door>
  )
}
