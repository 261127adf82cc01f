import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { RoleBadges } from '#app/components/accounts/roles.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { rememberLanguage } from '#app/http/language.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { profileInput, type Profile } from '#services/accounts/schema.ts'
import { changeProfile } from '#services/accounts/users.ts'
import { accountPage } from '#services/accounts/views.ts'
import { languages, ownNameOf } from '#services/kernel/language.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'account')
  return titled(t('account'))
}

export const loader = async (args: LoaderFunctionArgs) => {
  const ctx = await personOf(args)
  return { ...(await accountPage(ctx)), language: ctx.actor.language ?? ctx.language }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, profileInput)
  if (form.status !== 'success') return answerForm(form)

  await changeProfile(ctx, form.value)
  const headers = new Headers()
  if (form.value.language) headers.append('Set-Cookie', rememberLanguage(form.value.language, ctx.origin))
  const said = { tone: 'success' as const, text: wordsOf(form.value.language ?? ctx.language, 'account')('saved') }
  throw await redirectWithToast('/account', said, headers)
}

export default function AccountPage() {
  const t = useTranslations('account')
  const saved = useTranslations('saved')
  const { name, email, seats, sessions, language } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<Profile>({ lastResult: useActionData<typeof action>(), defaultValue: { name, language } })
  return (
    <Page width="narrow">
      <PageHeader title={t('account')}>{t('signed-in-as', { email })}</PageHeader>
      <Stack gap="lg">
        <Panel title={t('profile')}>
          <Form method="post" reloadDocument>
            <Stack>
              <FormErrors errors={form.errors} />
              <TextField field={fields.name} label={t('name')} hint={t('name-hint')} autoComplete="name" required maxLength={120} />
              <Select
                field={fields.language}
                label={t('language')}
                hint={t('language-hint')}
                options={languages.map((value) => ({ value, label: ownNameOf[value] }))}
              />
              <div>
                <SubmitButton>{t('save')}</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
        <Panel title={t('getting-in')}>
          <Stack>
            <p>{t('sessions', { count: sessions })}</p>
            <div className="cluster">
              <ButtonLink to="/account/password" icon="key">
                {t('change-password')}
              </ButtonLink>
              <ButtonLink to="/account/sessions" icon="lock">
                {t('see-where')}
              </ButtonLink>
              <ButtonLink to="/account/searches" icon="search">
                {saved('title')}
              </ButtonLink>
              <ButtonLink to="/account/keys" icon="key">
                {t('access-keys')}
              </ButtonLink>
            </div>
          </Stack>
        </Panel>
        <Panel title={t('organisations')}>
          <Table
            caption={t('seats')}
            hideCaption
            rows={seats}
            rowKey={(seat) => seat.memberId}
            columns={[
              { label: t('organisation'), head: true, cell: (seat) => seat.orgName },
              { label: t('roles'), cell: (seat) => <RoleBadges roles={seat.roles} /> },
              {
                label: t('switch'),
                align: 'end',
                bare: true,
                cell: (seat) =>
                  seat.current ? (
                    <Badge tone="info">{t('now-here')}</Badge>
                  ) : (
                    <Form method="post" action="/account/seat">
                      <SubmitButton
                        size="sm"
                        tone="secondary"
                        name="memberId"
                        value={seat.memberId}
                        aria-label={t('switch-to', { org: seat.orgName })}
                      >
                        {t('switch')}
                      </SubmitButton>
                    </Form>
                  ),
              },
            ]}
          />
        </Panel>
      </Stack>
    </Page>
  )
}
