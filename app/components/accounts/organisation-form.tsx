import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { SubmitButton } from '../ui/button.tsx'
import type { FieldLike } from '../ui/field.tsx'
import { FormErrors } from '../ui/fieldset.tsx'
import { Columns, Stack } from '../ui/layout.tsx'
import { Select, type Option } from '../ui/select.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'

interface OrganisationFieldsProps {
  fields: Record<'name' | 'email' | 'country' | 'address' | 'vatId', FieldLike>
  countries: readonly Option[]
}

/** What is printed on invoices and licences. */
export function OrganisationFields({ fields, countries }: OrganisationFieldsProps) {
  const t = useTranslations('account')
  return (
    <>
      <TextField field={fields.name} label={t('name')} hint={t('org-name-hint')} autoComplete="organization" required maxLength={120} />
      <TextArea
        field={fields.address}
        label={t('billing-address')}
        hint={t('billing-hint')}
        autoComplete="street-address"
        maxLength={500}
        optional
      />
      <Columns least="14rem">
        <Select field={fields.country} label={t('country')} placeholder={t('choose')} options={countries} autoComplete="country" required />
        <TextField
          field={fields.vatId}
          label={t('vat-id')}
          hint={t('vat-hint')}
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          optional
        />
      </Columns>
      <TextField field={fields.email} label={t('invoice-mail')} type="email" autoComplete="email" maxLength={200} optional />
    </>
  )
}

/** The details of an organisation that exists. */
export function OrganisationForm({ errors, ...rest }: OrganisationFieldsProps & { errors: string[] | undefined }) {
  const t = useTranslations('account')
  return (
    <Form method="post">
      <Stack>
        <FormErrors errors={errors} />
        <OrganisationFields {...rest} />
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Stack>
    </Form>
  )
}
