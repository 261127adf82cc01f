import { useTranslations } from 'use-intl'
import { countryName } from '#services/accounts/rules/countries.ts'
import type { OrgKind } from '#services/kernel/actor.ts'
import { useLanguage } from '#app/words/use-language.ts'
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
  const t = useTranslations('account')
  return (
    <DescriptionList
      facts={[
        { term: t('name'), detail: name },
        { term: t('billing-address'), detail: address },
        { term: t('country'), detail: country && countryName(country, useLanguage()) },
        { term: t('vat-id'), detail: vatId },
        { term: t('invoice-mail'), detail: email },
        { term: t('currency'), detail: currency },
      ]}
    />
  )
}
