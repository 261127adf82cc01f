import { refusals, type DeliveryRefusal } from '#services/delivery/rules/entitlement.ts'

const words: Partial<Record<DeliveryRefusal, string>> = {
  'no-right': 'No licence for it',
  ended: 'The licence had ended',
  revoked: 'The licence was revoked',
  suspended: 'The licence was suspended',
}
const isRefusal = (reason: string): reason is DeliveryRefusal => (refusals as readonly string[]).includes(reason)

/** The reason of a delivery or a refusal for people; what we have no sentence for is shown as it is kept. */
export function refusalWords(reason: string): string {
  const plain = reason.replaceAll('-', ' ')
  return (isRefusal(reason) && words[reason]) || `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}
