import { isPerson, type Actor, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'

/** Everybody who is signed in may ask; a list is its organisation's, and nobody else's. */
export function mustAsk(actor: Actor): Person {
  if (!isPerson(actor)) throw new Refusal('signed-out', 'ask about uses')
  return actor
}
/** Which lists an actor sees: those of their organisation, in their house. */
export const ownLists = (actor: Actor) => {
  const { houseId, orgId } = mustAsk(actor)
  return { houseId, orgId }
}
