import { hasStaffRole, isStaff, type Person } from '#services/kernel/actor.ts'
import type { KeptRow } from '#services/clearance/stored-rows.ts'
import type { PictureToAsk } from '#services/clearance/views.ts'
import { mayAsk } from '#services/licensing/policy.ts'
import { searchOf as storeSearchOf } from '#app/components/catalog/use-questions.server.ts'
import type { Way } from '#app/components/clearance/answer.tsx'

/** How to go on from an answer: buy the licence, ask the rights desk, record what is missing, see the rights. Nobody is led to a page that is closed to them. */
export function waysOn(actor: Person, picture: PictureToAsk, { kind, price, use }: KeptRow): Way[] {
  if (isStaff(actor)) {
    const rights: Way = { to: `/rights/assets/${picture.id}`, label: 'Open its rights', icon: 'shield' }
    return kind === 'answer-missing' && hasStaffRole(actor, 'RIGHTS_MANAGER')
      ? [{ to: `/rights/assets/${picture.id}/releases`, label: 'Record the consent', icon: 'edit', main: true }, rights]
      : [rights]
  }
  const ways: Way[] = []
  if (kind === 'licensed') ways.push({ to: '/licences', label: 'To your licences', icon: 'document', main: true })
  if (kind === 'licence-needed' && price && use.terms) {
    const search = price.model === 'RIGHTS_MANAGED' ? storeSearchOf(use.terms) : `?model=${price.model}`
    ways.push({ to: `/assets/${picture.id}${search}`, label: 'License it', icon: 'cart', main: true })
  }
  if (kind !== 'licensed' && mayAsk(actor) && picture.published)
    ways.push({ to: `/requests/new?asset=${picture.id}`, label: 'Ask the rights desk', icon: 'inbox', main: ways.length === 0 })
  return ways
}
