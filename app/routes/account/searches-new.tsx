import { useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { useKeptWords } from '#app/components/catalog/kept-search-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { currencyOf } from '#app/http/currency.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { canonicalSearch, paces, readKept } from '#services/catalog/rules/saved-question.ts'
import { saveSearch } from '#services/catalog/saved-searches.ts'
import { saveSearchInput } from '#services/catalog/schema.ts'

export async function loader(args: LoaderFunctionArgs) {
  await personOf(args)
  const search = canonicalSearch(new URL(args.request.url).search)
  return { search, wish: readKept(search) }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => titled(wordsOf(languageOf(matches), 'saved')('new-title'))

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const t = wordsOf(ctx.language, 'saved')
  const form = await parseForm(args.request, saveSearchInput)
  if (form.status !== 'success') return answerForm(form, { fieldErrors: { name: [t('name-missing')] } }, 400)
  const outcome = await saveSearch(ctx, { ...form.value, currency: await currencyOf(args.request, ctx) })
  if (!outcome.ok) return answerForm(form, { formErrors: [t(outcome.error)] })
  return redirectWithToast('/account/searches', { tone: 'success', text: t('saved') })
}

export default function NewSavedSearch() {
  const t = useTranslations('saved')
  const words = useKeptWords()
  const { search, wish } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm<{ name: string; pace: string }>({
    lastResult: lastResult ?? null,
    defaultValue: { name: words(wish).replaceAll(/[“”„]/g, '').slice(0, 80), pace: 'daily' },
  })
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/account', label: t('your-account') },
          { to: '/account/searches', label: t('title') },
        ]}
      />
      <PageHeader title={t('new-title')}>{t('new-intro', { what: words(wish) })}</PageHeader>
      <Panel title={t('new-title')}>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate}>
          <Stack>
            <FormErrors errors={form.errors} />
            <input type="hidden" name="search" value={search} />
            <TextField field={fields.name} label={t('name')} maxLength={80} />
            <RadioCards field={fields.pace} legend={t('pace')} cards={paces.map((value) => ({ value, title: t(`paces.${value}`) }))} />
            <SubmitButton>{t('save')}</SubmitButton>
          </Stack>
        </Form>
      </Panel>
    </Page>
  )
}
