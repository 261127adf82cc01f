/** What a test card does, after docs.stripe.com/testing. */
export interface Card {
  number: string
  brand: 'visa' | 'mastercard'
  title: string
  outcome: 'approved' | 'challenge' | { declined: string; code: string; message: string }
  dispute?: boolean
  refund?: 'later' | 'fails'
}

const declined = (code: string, reason: string, message: string): Card['outcome'] => ({ declined: reason, code, message })

export const cards: readonly Card[] = [
  { number: '4242424242424242', brand: 'visa', title: 'Pays', outcome: 'approved' },
  { number: '5555555555554444', brand: 'mastercard', title: 'Pays (Mastercard)', outcome: 'approved' },
  { number: '4000002500003155', brand: 'visa', title: 'Asks for 3-D Secure', outcome: 'challenge' },
  { number: '4000002760003184', brand: 'visa', title: 'Asks for 3-D Secure each time', outcome: 'challenge' },
  {
    number: '4000000000000002',
    brand: 'visa',
    title: 'Is declined',
    outcome: declined('card_declined', 'generic_decline', 'Your card was declined.'),
  },
  {
    number: '4000000000009995',
    brand: 'visa',
    title: 'Has insufficient funds',
    outcome: declined('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  },
  {
    number: '4000000000000069',
    brand: 'visa',
    title: 'Has expired',
    outcome: declined('expired_card', 'expired_card', 'Your card has expired.'),
  },
  {
    number: '4000000000000127',
    brand: 'visa',
    title: 'Wrong security code',
    outcome: declined('incorrect_cvc', 'incorrect_cvc', "Your card's security code is incorrect."),
  },
  { number: '4000000000000259', brand: 'visa', title: 'Pays, then disputes', outcome: 'approved', dispute: true },
  { number: '4000000000007726', brand: 'visa', title: 'Pays; refunds take a while', outcome: 'approved', refund: 'later' },
  { number: '4000000000005126', brand: 'visa', title: 'Pays; refunds fail later', outcome: 'approved', refund: 'fails' },
]

export const cardOf = (number: string): Card | undefined => cards.find((card) => card.number === number.replace(/\D/g, ''))
