import { getFormProps, useForm } from '@conform-to/react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { askForAsset } from '#services/briefs/briefs.ts'
import type { AskBriefError } from '#services/briefs/errors.ts'
import { askBriefForm, type AskBrief } from '#services/briefs/schema.ts'
import { mayAskForAsset } from '#services/briefs/policy.ts'
import { Refusal } from '#services/kernel/errors.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'briefs')('new-title'))

/** Before a form is read: customers buy what there is, and are told so whatever they sent. */
async function askerOf(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const ctx = await personOf(args)
  if (!mayAskForAsset(ctx.actor)) throw new Refusal('forbidden', 'ask for an asset')
  return ctx
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await askerOf(args)
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { currency: true } })
  return { currency: house.currency }
}

const fieldsOfErrors = { 'due-is-past': 'dueOn', 'no-such-asset': 'references', 'too-many-open': '' } as const satisfies Record<
  AskBriefError,
  string
>

export async function action(args: ActionFunctionArgs) {
  const ctx = await askerOf(args)
  const t = wordsOf(ctx.language, 'briefs')
  const form = await parseForm(args.request, askBriefForm)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await askForAsset(ctx, form.value)
  if (outcome.ok) return redirectWithToast(`/briefs/${outcome.value.briefId}`, { tone: 'success', text: t('sent') })
  const { most = 0 } = (outcome.detail ?? {}) as { most?: number }
  const [field, said] = [fieldsOfErrors[outcome.error], t(`errors.${outcome.error}`, { most })]
  return answerForm(form, field ? { fieldErrors: { [field]: [said] } } : { formErrors: [said] })
}

export default function NewBrief() {
  const t = useTranslations('briefs')
  const { currency } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm<AskBrief>({ ...(lastResult && { lastResult }) })
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/briefs', label: t('title') }]} />
      <PageHeader title={t('new-title')}>{t('new-words')}</PageHeader>
      <Form method="post" {...getFormProps(form)} noValidate={false}>
        <Stack gap="lg">
          <FormErrors errors={form.errors} />
          <TextField field={fields.title} label={t('form.title')} hint={t('form.title-hint')} maxLength={160} required />
          <TextArea field={fields.outcome} label={t('form.outcome')} hint={t('form.outcome-hint')} rows={6} maxLength={6000} required />
          <TextField field={fields.placement} label={t('form.placement')} hint={t('form.placement-hint')} maxLength={500} optional />
          <Columns least="12rem">
            <TextField field={fields.dueOn} type="date" label={t('form.due')} optional />
            <TextField field={fields.budget} type="number" min={0} step="0.01" label={t('form.budget', { currency })} optional />
          </Columns>
          <TextArea name="links" label={t('form.links')} hint={t('form.links-hint')} errors={fields.links.errors} rows={3} optional />
          <TextArea
            name="references"
            label={t('form.references')}
            hint={t('form.references-hint')}
            errors={fields.references.errors}
            rows={3}
            optional
          />
          <div>
            <SubmitButton>{t('form.send')}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Page>
  )
}
