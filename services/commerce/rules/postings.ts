/** One line of a ledger transaction: debit above zero, credit below. */
export interface Posting {
  account: string
  amountMinor: bigint
}
export const accounts = {
  /** Money at the payment provider on its way to the bank. */
  clearing: 'stripe_clearing',
  revenue: 'licence_revenue',
  /** Money that we took and owe back: paid twice, or paid for rights that were gone. */
  refundsDue: 'refunds_due',
  disputed: 'disputes_receivable',
  disputeLoss: 'dispute_loss',
  vat: (country: string) => `vat_payable:${country}`,
} as const

const nonZero = (postings: Posting[]): Posting[] => postings.filter((posting) => posting.amountMinor !== 0n)

export interface TaxedAmount {
  netMinor: bigint
  taxMinor: bigint
  taxCountry: string | null
}
/** Where the tax of an amount goes; tax without a country would be money that nobody is owed. */
function taxPosting({ taxMinor, taxCountry }: TaxedAmount, sign: 1n | -1n): Posting[] {
  if (taxMinor === 0n) return []
  if (taxCountry === null) throw new Error('tax without a country')
  return [{ account: accounts.vat(taxCountry), amountMinor: sign * taxMinor }]
}

/** Money came in: what was licensed is revenue and tax, what could not be licensed is owed back. */
export const salePostings = (licensed: TaxedAmount, owedBackMinor: bigint): Posting[] =>
  nonZero([
    { account: accounts.clearing, amountMinor: licensed.netMinor + licensed.taxMinor + owedBackMinor },
    { account: accounts.revenue, amountMinor: -licensed.netMinor },
    ...taxPosting(licensed, -1n),
    { account: accounts.refundsDue, amountMinor: -owedBackMinor },
  ])

/** Money went back for a licence: the mirror of its sale. */
export const refundPostings = (amount: TaxedAmount): Posting[] =>
  nonZero([
    { account: accounts.revenue, amountMinor: amount.netMinor },
    ...taxPosting(amount, 1n),
    { account: accounts.clearing, amountMinor: -(amount.netMinor + amount.taxMinor) },
  ])

/** Money that was owed back went back. */
export const repaymentPostings = (amountMinor: bigint): Posting[] =>
  nonZero([
    { account: accounts.refundsDue, amountMinor },
    { account: accounts.clearing, amountMinor: -amountMinor },
  ])

/** The provider took the money away until the dispute is decided. */
export const disputeOpenedPostings = (amountMinor: bigint): Posting[] =>
  nonZero([
    { account: accounts.disputed, amountMinor },
    { account: accounts.clearing, amountMinor: -amountMinor },
  ])

/** Won, the money is back at the provider; lost, it is gone, and what of it was owed back anyhow is paid. */
export function disputeClosedPostings(amountMinor: bigint, outcome: 'won' | { owedMinor: bigint }): Posting[] {
  const owed = outcome === 'won' || outcome.owedMinor < 0n ? 0n : outcome.owedMinor
  const repaid = owed < amountMinor ? owed : amountMinor
  return nonZero([
    { account: accounts.refundsDue, amountMinor: repaid },
    { account: outcome === 'won' ? accounts.clearing : accounts.disputeLoss, amountMinor: amountMinor - repaid },
    { account: accounts.disputed, amountMinor: -amountMinor },
  ])
}

/** The same transaction the other way round, e.g. when a bank sends a refund back. */
export const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor }))
