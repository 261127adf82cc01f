import { Form } from '@remix-run/react'
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
  return (
    <>
      <TextField
        field={fields.name}
        label="Name"
        hint="In full, as on your letterhead: licences and invoices carry it."
        autoComplete="organization"
        required
        maxLength={120}
      />
      <TextArea
        field={fields.address}
        label="Billing address"
        hint="Street, postal code and town; without the country."
        autoComplete="street-address"
        maxLength={500}
        optional
      />
      <Columns least="14rem">
        <Select field={fields.country} label="Country" placeholder="Choose" options={countries} autoComplete="country" required />
        <TextField
          field={fields.vatId}
          label="VAT id"
          hint="With the letters of the country, such as DE123456789."
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          optional
        />
      </Columns>
      <TextField field={fields.email} label="E-mail for invoices" type="email" autoComplete="email" maxLength={200} optional />
    </>
  )
}

/** The details of an organisation that exists. */
export function OrganisationForm({ errors, ...rest }: OrganisationFieldsProps & { errors: string[] | undefined }) {
  return (
    <Form method="post">
      <Stack>
        <FormErrors errors={errors} />
        <OrganisationFields {...rest} />
        <div>
          <SubmitButton>Save</SubmitButton>
        </div>
      </Stack>
    </Form>
  )
}
