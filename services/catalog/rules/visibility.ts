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
 * Whether what was once open is gone for good as far as anybody outside can know. What is on hold, under embargo or
 * scheduled may come back: to say "gone" would have search engines forget it, to say why would tell what the hold is about.
 */
const leftForGood: Record<Exclude<AssetState, 'PUBLISHED'>, boolean> = {
  DRAFT: false,
  IN_REVIEW: false,
  APPROVED: false,
  SCHEDULED: false,
  ON_HOLD: false,
  EMBARGOED: false,
  EXPIRED: true,
  WITHDRAWN: true,
  ARCHIVED: true,
  DELETED: true,
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
  return leftForGood[asset.state] && asset.publishedAt !== null ? 'gone' : 'hidden'
}
