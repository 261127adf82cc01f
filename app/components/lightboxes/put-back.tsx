import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { SubmitButton } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** What was just taken out, and the way back. */
export function PutBack({ boxId, count, at }: { boxId: string; count: number; at: number }) {
  const t = useTranslations('lightboxes')
  const action = `/lightboxes/${boxId}/items`
  return (
    <Notice tone="info" live title={t('removed', { count })}>
      <Form method="post" action={action} preventScrollReset>
        <input type="hidden" name="at" value={at} />
        <SubmitButton tone="secondary" size="sm" formAction={action} name="verb" value="back">
          {t('undo')}
        </SubmitButton>
      </Form>
    </Notice>
  )
}
