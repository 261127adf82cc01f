import { useForm } from '@conform-to/react'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { AccessKeyTable } from '#app/components/accounts/access-key-table.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { languageOf, wordsOf, type Saying } from '#app/words/words.ts'
import { accessKeysPage, createAccessKey } from '#services/accounts/access-keys.ts'
import type { CreateAccessKeyError } from '#services/accounts/errors.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { accessScopes, mostKeys } from '#services/accounts/rules/access-keys.ts'
import { accessKeyInput, type AccessKeyForm } from '#services/accounts/schema.ts'
import { endOfDay } from '#services/kernel/period.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'account')('keys.title'))

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const page = await accessKeysPage(ctx, new URL(args.request.url).searchParams.get('after'))
  return { page, zone: await zoneOfHouse(ctx) }
}

const sayings = {
  'ends-already': (t) => ({ fieldErrors: { until: [t('keys.day-passed')] } }),
  'too-many-keys': (t) => ({ formErrors: [t('keys.too-many', { most: mostKeys })] }),
} satisfies Record<CreateAccessKeyError, (t: Saying<'account'>) => object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, accessKeyInput)
  if (form.status !== 'success') return answerForm(form)
  const { name, scopes, until } = form.value
  const outcome = await createAccessKey(ctx, { name, scopes, expiresAt: until ? endOfDay(until, await zoneOfHouse(ctx)) : null })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error](wordsOf(ctx.language, 'account')))
  // Not a redirect: the secret is in this one answer, in no address, cookie or table.
  return data({ made: { name, secret: outcome.value.secret, id: outcome.value.id } }, { headers: { 'Cache-Control': 'no-store' } })
}

export default function KeysPage() {
  const t = useTranslations('account')
  const { page, zone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const made = answer && 'made' in answer ? answer.made : undefined
  const [form, fields] = useForm<AccessKeyForm>({
    id: made?.id ?? 'new-key',
    lastResult: answer && !('made' in answer) ? answer : undefined,
  })
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/account', label: t('account') }]} />
      <PageHeader title={t('keys.title')}>{t('keys.lede')}</PageHeader>
      <Stack gap="lg">
        {made && (
          <Notice tone="success" title={t('keys.made', { name: made.name })} live>
            <p>{t('keys.copy-now')}</p>
            <p>
              <CopyText value={made.secret} label={t('keys.copy')} />
            </p>
          </Notice>
        )}
        <Panel title={t('keys.make')}>
          <Form method="post" key={made?.id ?? 'first'}>
            <Stack>
              <FormErrors errors={form.errors} />
              <TextField field={fields.name} label={t('keys.name')} hint={t('keys.name-hint')} required maxLength={80} />
              <Fieldset legend={t('keys.may')} field={fields.scopes}>
                {accessScopes.map((scope) => (
                  <Checkbox
                    key={scope}
                    name={fields.scopes.name}
                    value={scope}
                    label={t(`key-scopes.${scope}.label`)}
                    hint={t(`key-scopes.${scope}.may`)}
                  />
                ))}
              </Fieldset>
              <TextField field={fields.until} type="date" label={t('keys.last-day')} optional hint={t('keys.last-day-hint')} />
              <div>
                <SubmitButton>{t('keys.make-it')}</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
        <AccessKeyTable keys={page.items} owners={page.keepsMembers} zone={zone} />
        <Pager next={page.next} />
      </Stack>
    </Page>
  )
}
