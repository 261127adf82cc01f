import { Form, useActionData } from '@remix-run/react'
import type { SubmissionResult } from '@conform-to/dom'
import { useTranslations } from 'use-intl'
import { SubmitButton } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'

/** A name, and the box is there. */
export function NewBox() {
  const t = useTranslations('lightboxes')
  const reply = useActionData<SubmissionResult>()
  const errors = [...(reply?.error?.[''] ?? []), ...(reply?.error?.name ? [t('name-needed')] : [])]
  return (
    <Form method="post" action="/lightboxes" className="box-new">
      <TextField name="name" label={t('new-name')} maxLength={120} required autoComplete="off" {...(errors.length > 0 && { errors })} />
      <SubmitButton icon="plus" formAction="/lightboxes">
        {t('create')}
      </SubmitButton>
    </Form>
  )
}
