/** How commerce may refuse. The edge words these; a new one does not compile until it is worded. */
export type AddToCartError = 'asset-not-for-sale' | 'cart-is-full' | 'already-in-cart' | UpgradeCartError
export type UpgradeCartError = 'licence-not-in-force' | 'licence-not-bought' | 'narrower-than-held' | 'nothing-wider'
export type CheckoutError =
  | 'cart-is-empty'
  | 'house-cannot-buy'
  | 'line-not-available'
  | 'rights-taken'
  | 'too-many-holds'
  | 'already-paid'
  | 'provider-unavailable'
  | 'code-not-usable'
  | 'upgrade-under-way'
  | 'too-little-to-pay'
  | 'too-much-to-pay'
/** How a typed code stands: it counts, or why it does not. */
export type CodeStanding =
  | 'applied'
  | 'below-least'
  | 'not-in-this-currency'
  | 'changes-nothing'
  | 'code-unknown'
  | 'code-not-yet'
  | 'code-over'
  | 'code-used-up'
  | 'code-used-by-you'
export type RefundError = 'not-paid' | 'already-refunded' | 'nothing-left' | 'widened-since'
export type EventError = 'bad-signature' | 'wrong-mode'
