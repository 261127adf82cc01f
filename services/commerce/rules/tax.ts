/**
 * VAT, narrow and honest (docs/decisions names what it leaves out): the seller is one company in the EU that sells
 * electronically supplied services. Standard rates in basis points, as in force on 1 January 2026; data, so that a change
 * is a row and an order keeps the rate that it was placed under.
 */
export const standardRates: Readonly<Record<string, number>> = {
  AT: 2000,
  BE: 2100,
  BG: 2000,
  HR: 2500,
  CY: 1900,
  CZ: 2100,
  DK: 2500,
  EE: 2400,
  FI: 2550,
  FR: 2000,
  DE: 1900,
  GR: 2400,
  HU: 2700,
  IE: 2300,
  IT: 2200,
  LV: 2100,
  LT: 2100,
  LU: 1700,
  MT: 1800,
  NL: 2100,
  PL: 2300,
  PT: 2300,
  RO: 2100,
  SK: 2300,
  SI: 2200,
  ES: 2100,
  SE: 2500,
}

export interface TaxParty {
  country: string | null
  vatId: string | null
}
export type TaxTreatment = 'domestic' | 'destination' | 'reverse-charge' | 'outside' | 'seller-not-registered'
export interface TaxRule {
  treatment: TaxTreatment
  /** Whose treasury it goes to; null where no tax is charged. */
  country: string | null
  basisPoints: number
  /** What the law wants printed on the invoice, if anything. */
  note: string | null
}

const inUnion = (country: string): boolean => country in standardRates

/** Greece writes EL in its VAT ids. The form is checked here; whether the id exists is for the tax office's own service. */
export function isVatIdOf(vatId: string | null, country: string): boolean {
  const text = (vatId ?? '').replace(/[\s.-]/g, '').toUpperCase()
  return new RegExp(`^${country === 'GR' ? 'EL' : country}[A-Z0-9]{8,12}$`).test(text)
}

/** Which tax a sale from `seller` to `buyer` bears. A buyer whose country nobody knows is taxed as at home: the cautious reading. */
export function taxRule(seller: TaxParty, buyer: TaxParty): TaxRule {
  const home = seller.country
  const homeRate = home === null ? undefined : standardRates[home]
  if (home === null || homeRate === undefined)
    return {
      treatment: 'seller-not-registered',
      country: null,
      basisPoints: 0,
      note: 'The seller is not established in the European Union; no VAT is charged.',
    }

  const there = buyer.country ?? home
  if (there === home) return { treatment: 'domestic', country: home, basisPoints: homeRate, note: null }
  if (!inUnion(there))
    return {
      treatment: 'outside',
      country: null,
      basisPoints: 0,
      note: 'Supply outside the scope of EU VAT (Article 59 of Directive 2006/112/EC).',
    }
  if (isVatIdOf(buyer.vatId, there))
    return {
      treatment: 'reverse-charge',
      country: null,
      basisPoints: 0,
      note: 'Reverse charge: VAT is to be accounted for by the recipient (Article 196 of Directive 2006/112/EC).',
    }
  return { treatment: 'destination', country: there, basisPoints: standardRates[there] ?? homeRate, note: null }
}

/** `VAT 19 %`, `VAT 25.5 %`. */
export const taxLabel = (basisPoints: number): string => `VAT ${basisPoints / 100} %`
