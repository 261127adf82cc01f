import { assetStates, stateWords } from '../../assets/rules/asset-states.ts'
import { countLacks, type Alike, type CountedLack, type Lack } from '../../assets/rules/lacks.ts'

/** What is offered for a selection, and how it reads; the others have pages of their own. */
export const offered = [
  'submit',
  'publish',
  'schedule',
  'withdraw',
  'hold',
  'resume',
  'archive',
  'restore',
  'delete',
  'collect',
  'kit',
  'lightbox',
] as const
export type OfferedVerb = (typeof offered)[number]
export const actWords: Record<OfferedVerb, { act: string; done: string }> = {
  submit: { act: 'Send for review', done: 'sent for review' },
  publish: { act: 'Publish', done: 'published' },
  schedule: { act: 'Schedule', done: 'scheduled' },
  withdraw: { act: 'Withdraw', done: 'withdrawn' },
  hold: { act: 'Put on hold', done: 'put on hold' },
  resume: { act: 'Take off hold', done: 'taken off hold' },
  archive: { act: 'Archive', done: 'archived' },
  restore: { act: 'Restore', done: 'restored' },
  delete: { act: 'Delete', done: 'deleted' },
  collect: { act: 'Add to a collection', done: 'added to the collection' },
  kit: { act: 'Add to a kit', done: 'added to the kit' },
  lightbox: { act: 'Add to a lightbox', done: 'added to the lightbox' },
}

export interface Outlook {
  can: number
  /** Why the others cannot, the most first. */
  cannot: { why: string; count: number }[]
  /** Of those that could but for their records: what is missing in them, as it would be said afterwards. */
  lacks?: CountedLack[] | undefined
}

/** What an act asks of the records themselves. */
function demandsOf(verb: OfferedVerb, { heldFrom, forReview, forPublishing }: Alike): readonly Lack[] {
  if (verb === 'submit') return forReview
  return verb === 'publish' || verb === 'schedule' || (verb === 'resume' && heldFrom === 'PUBLISHED') ? forPublishing : []
}

function obstacle(verb: OfferedVerb, { state, audience, legalHold }: Alike): string | null {
  if ((verb === 'archive' || verb === 'delete') && legalHold) return 'under a legal hold'
  if (verb === 'collect') return audience === 'STORE' ? null : 'not for the store'
  if (verb === 'lightbox') return audience === 'STORE' && state === 'PUBLISHED' ? null : 'not published in the store'
  if (verb === 'kit') return state !== 'PUBLISHED' ? 'not published' : audience === 'INTERNAL' ? 'internal only' : null
  if (verb === 'resume') return state === 'ON_HOLD' ? null : 'not on hold'
  return assetStates.after(state, verb) ? null : stateWords[state].toLowerCase()
}

/** How many of a selection an act is for, and what stands in the way of the others: their state first, then what their records lack. */
export function outlook(verb: OfferedVerb, groups: readonly Alike[]): Outlook {
  const why = new Map<string, number>()
  const without: { count: number; lacks: readonly Lack[] }[] = []
  let can = 0
  for (const group of groups) {
    const lacks = demandsOf(verb, group)
    const stands = obstacle(verb, group) ?? (lacks.length > 0 ? 'not complete' : null)
    if (stands === null) can += group.count
    else why.set(stands, (why.get(stands) ?? 0) + group.count)
    if (stands === 'not complete') without.push({ count: group.count, lacks })
  }
  return {
    can,
    cannot: [...why].map(([text, count]) => ({ why: text, count })).sort((a, b) => b.count - a.count),
    ...(without.length > 0 && { lacks: countLacks(without) }),
  }
}
