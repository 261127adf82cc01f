import { isStaff, type Actor } from '../../kernel/actor.ts'
import type { AssetState } from '../../assets/rules/asset-states.ts'
import type { Audience } from '../../assets/rules/asset-words.ts'

/** `gone`: it was open once and is no longer offered. `hidden`: for this reader it does not exist. */
export type Sight = 'open' | 'gone' | 'hidden'

export interface Seen {
  houseId: string
  state: AssetState
  audience: Audience
  publishedAt: Date | null
}

/**
 * Who may see that an asset exists, and its watermarked previews. The store's are open to everybody; the portal's to
 * those to whom a kit or licence with it was granted (`granted`); all of them to the house's own people. Clean bytes
 * are another question, and delivery's.
 */
export function sightOf(actor: Actor, asset: Seen, granted: boolean): Sight {
  if (asset.houseId !== actor.houseId) return 'hidden'
  const mayKnow = asset.audience === 'STORE' || isStaff(actor) || (granted && asset.audience === 'PORTAL')
  if (!mayKnow) return 'hidden'
  if (asset.state === 'PUBLISHED') return 'open'
  const left = asset.state === 'WITHDRAWN' || asset.state === 'ARCHIVED'
  return left && asset.publishedAt !== null ? 'gone' : 'hidden'
}
