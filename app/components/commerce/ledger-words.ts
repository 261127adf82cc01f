const accounts: Record<string, string> = {
  stripe_clearing: 'Payment provider',
  licence_revenue: 'Licence revenue',
  refunds_due: 'Refunds due',
  disputes_receivable: 'Disputed payments',
  dispute_loss: 'Lost disputes',
}
const kinds: Record<string, string> = {
  sale: 'Sale',
  refund: 'Refund',
  'refund-returned': 'Refund returned',
  'dispute-opened': 'Dispute',
  'dispute-closed': 'Dispute closed',
}

/** `VAT payable, DE` for `vat_payable:DE`. */
export const accountWords = (account: string): string =>
  account.startsWith('vat_payable:') ? `VAT payable, ${account.slice('vat_payable:'.length)}` : (accounts[account] ?? account)

export const kindWords = (kind: string): string => kinds[kind] ?? kind
