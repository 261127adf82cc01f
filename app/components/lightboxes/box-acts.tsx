import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { ButtonAnchor, SubmitButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Cluster, Stack } from '../ui/layout.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'

interface BoxActsProps {
  box: { id: string; name: string; note: string; isDefault: boolean; archived: boolean; right: string }
  guest: boolean
  empty: boolean
}

/** What can be done with a box as a whole. */
export function BoxActs({ box, guest, empty }: BoxActsProps) {
  const t = useTranslations('lightboxes')
  const action = `/lightboxes/${box.id}/change`
  const one = (verb: string, label: string) => (
    <Form method="post" action={action}>
      <SubmitButton tone="secondary" formAction={action} name="verb" value={verb}>
        {label}
      </SubmitButton>
    </Form>
  )
  return (
    <Cluster gap="sm">
      {(box.right === 'OWN' || box.right === 'EDIT') && !box.archived && (
        <Dialog title={t('edit')} trigger={t('edit')}>
          <Form method="post" action={action}>
            <Stack>
              <TextField name="name" label={t('name')} defaultValue={box.name} required maxLength={120} autoComplete="off" />
              <TextArea name="note" label={t('note')} defaultValue={box.note} optional maxLength={2000} rows={4} />
              <SubmitButton formAction={action} name="verb" value="edit">
                {t('save')}
              </SubmitButton>
            </Stack>
          </Form>
        </Dialog>
      )}
      {box.right === 'OWN' && !box.archived && !box.isDefault && one('default', t('make-default'))}
      {one('duplicate', t('duplicate'))}
      {!empty && !guest && (
        <ButtonAnchor href={`/lightboxes/${box.id}/sheet.pdf`} icon="document">
          {t('sheet')}
        </ButtonAnchor>
      )}
      {box.right === 'OWN' && (box.archived ? one('restore', t('restore')) : one('archive', t('archive')))}
    </Cluster>
  )
}
