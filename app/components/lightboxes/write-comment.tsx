import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { SubmitButton } from '../ui/button.tsx'
import { Stack } from '../ui/layout.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'

interface WriteCommentProps {
  action: string
  people: { userId: string; name: string }[]
  assetId?: string
  parentId?: string
  guestName?: string | null
}

/** Words about a box, a picture, or in answer; plain text. */
export function WriteComment({ action, people, assetId, parentId, guestName }: WriteCommentProps) {
  const t = useTranslations('lightboxes')
  const form = useRef<HTMLFormElement>(null)
  const { state, formAction } = useNavigation()
  useEffect(() => {
    if (state === 'loading' && formAction?.startsWith(action)) form.current?.reset()
  }, [state, formAction, action])
  return (
    <Form method="post" action={action} preventScrollReset ref={form}>
      <Stack gap="sm">
        {assetId && <input type="hidden" name="assetId" value={assetId} />}
        {parentId && <input type="hidden" name="parentId" value={parentId} />}
        {guestName !== undefined && (
          <TextField name="name" label={t('your-name')} defaultValue={guestName ?? ''} required maxLength={80} autoComplete="name" />
        )}
        <TextArea name="body" label={t(parentId ? 'answer' : 'comment')} required maxLength={2000} rows={3} />
        {people.length > 0 && (
          <details>
            <summary className="small">{t('mention')}</summary>
            <div className="box-mentions">
              {people.map(({ userId, name }) => (
                <label key={userId}>
                  <input type="checkbox" name="mentions" value={userId} /> {name}
                </label>
              ))}
            </div>
          </details>
        )}
        <SubmitButton tone="secondary" size="sm" formAction={action} name="verb" value="say">
          {t('say')}
        </SubmitButton>
      </Stack>
    </Form>
  )
}
