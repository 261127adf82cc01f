import { countryName } from '#services/accounts/rules/countries.ts'
import type { OrgKind } from '#services/kernel/actor.ts'
import { DescriptionList } from '../ui/description-list.tsx'

export const kindWords: Record<OrgKind, string> = { OWNER: 'The house', PARTNER: 'Partner', CUSTOMER: 'Customer' }

interface Facts {
  name: string
  address: string | null
  country: string | null
  vatId: string | null
  email: string | null
  currency: string
}

/** The details of an organisation, for those who may read but not change them. */
export function OrganisationFacts({ name, address, country, vatId, email, currency }: Facts) {
  return (
    <DescriptionList
      facts={[
        { term: 'Name', detail: name },
        { term: 'Billing address', detail: address },
        { term: 'Country', detail: country && countryName(country) },
        { term: 'VAT id', detail: vatId },
        { term: 'E-mail for invoices', detail: email },
        { term: 'Currency', detail: currency },
      ]}
    />
  )
}
