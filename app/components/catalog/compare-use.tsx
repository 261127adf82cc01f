import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { RightsChoices } from './rights-facet.tsx'
import type { ComparedFor } from '#services/catalog/rules/compare.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

interface CompareUseProps {
  ids: readonly string[]
  asked: ComparedFor
  choices: RightsChoices
  only: boolean
}

/** For which use the pictures are compared: a GET form, so that the address is the question. It works without JavaScript. */
export function CompareUse({ ids, asked: { medium = '', territory = '', until = '' }, choices, only }: CompareUseProps) {
  const t = useTranslations('compare')
  return (
    <Form className="compare-use" aria-label={t('ask')} preventScrollReset key={`${medium} ${territory} ${until}`}>
      {ids.map((id) => (
        <input key={id} type="hidden" name="a" value={id} />
      ))}
      {only && <input type="hidden" name="only" value="differences" />}
      <Select name="medium" label={t('ask-medium')} placeholder={t('any-medium')} options={choices.media} defaultValue={medium} />
      <Select
        name="territory"
        label={t('ask-territory')}
        placeholder={t('anywhere')}
        options={choices.territories}
        defaultValue={territory}
      />
      <TextField name="until" type="date" label={t('ask-until')} defaultValue={until} />
      <Button type="submit">{t('ask-go')}</Button>
    </Form>
  )
}
