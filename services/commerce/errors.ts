/** How commerce may refuse. The edge words these; a new one does not compile until it is worded. */
export type AddToCartError = 'asset-not-for-sale' | 'cart-is-full' | 'already-in-cart'
export type CheckoutError =
  'cart-is-empty' | 'house-cannot-buy' | 'line-not-available' | 'rights-taken' | 'too-many-holds' | 'already-paid' | 'provider-unavailable'
export type RefundError = 'not-paid' | 'already-refunded' | 'nothing-left'
export type EventError = 'bad-signature' | 'wrong-mode'
