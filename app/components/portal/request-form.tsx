import { getFormProps, useForm, type SubmissionResult } from '@conform-to/react'
import { getZodConstraint, parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { PlaceBoxes, UseBoxes } from '#app/components/rights/plain-fields.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { fourQuestions } from '#services/licensing/schema.ts'
import { inLanguage } from '#app/words/form-sentences.ts'
import { useLanguage } from '#app/words/use-language.ts'
import type { RequestChoices } from './request-choices.server.ts'

interface RequestFormProps {
  asset: { id: string; zone: string }
  today: string
  choices: RequestChoices
  lastResult: SubmissionResult<string[]> | undefined
}

/** Four plain questions; the rights desk reads the answers as a scope. */
export function RequestForm({ asset, today, choices: { uses, regions, places }, lastResult }: RequestFormProps) {
  const t = useTranslations('portal')
  const language = useLanguage()
  const [form, fields] = useForm({
    ...(lastResult && { lastResult }),
    constraint: getZodConstraint(fourQuestions),
    defaultValue: { assetId: asset.id, zone: asset.zone, from: today },
    onValidate: ({ formData }) => inLanguage(parseWithZod(formData, { schema: fourQuestions }), language),
    shouldRevalidate: 'onInput',
  })
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <input type="hidden" name="assetId" value={asset.id} />
        <input type="hidden" name="zone" value={asset.zone} />
        <TextArea field={fields.purpose} label={t('ask.purpose')} hint={t('ask.purpose-hint')} rows={3} />
        <UseBoxes field={fields.media} legend={t('ask.where')} hint={t('ask.where-hint')} uses={uses} />
        <PlaceBoxes
          field={fields.places}
          legend={t('ask.countries')}
          regions={regions}
          places={places}
          others={{ label: t('ask.others'), hint: t('ask.others-hint') }}
        />
        <Fieldset legend={t('ask.when')}>
          <Columns least="12rem">
            <TextField field={fields.from} type="date" label={t('ask.first')} />
            <TextField field={fields.until} type="date" label={t('ask.last')} />
          </Columns>
        </Fieldset>
        <Cluster>
          <SubmitButton>{t('ask.send')}</SubmitButton>
        </Cluster>
      </Stack>
    </Form>
  )
}
