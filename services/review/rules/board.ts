import type { Verdict } from './route.ts'

/** The columns in which a review comes to rest; all others are steps by their name. */
export const restColumns = { CHANGES_ASKED: 'Changes asked for', APPROVED: 'Approved', REJECTED: 'Rejected' } as const
export type RestColumn = keyof typeof restColumns

/** A card as far as its moves go. */
export interface Movable {
  step: string
  able: boolean
  own: boolean
  opens: readonly string[]
  last: boolean
  beside: readonly string[]
  owner: { name: string } | null
}
/** What a move would mean: a decision, in words that do not promise more; or why it means nothing. */
export type Meaning = { verdict: Verdict; says: string } | { verdict: null; says: string }

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** What follows when this step approves. */
export function approvalSays({ step, opens, last, beside }: Pick<Movable, 'step' | 'opens' | 'last' | 'beside'>): string {
  if (last) return `${step} is the last step: the version is approved.`
  if (opens.length > 0) return `${step} approves, and it goes on to ${list(opens)}.`
  return beside.length > 0
    ? `${step} approves. It is not approved as a whole yet: ${list(beside)} still ${beside.length === 1 ? 'decides' : 'decide'}.`
    : `${step} approves.`
}

/** A card dragged to a column: only a decision moves it, so each move is one, or none. */
export function meaningOf(card: Movable, column: string): Meaning {
  if (column === card.step) return { verdict: null, says: 'It stays where it is.' }
  if (!card.able)
    return {
      verdict: null,
      says: card.own
        ? 'You sent this yourself: somebody else must judge it.'
        : `It waits for ${card.owner?.name ?? 'others'}. Open it to take it over.`,
    }
  if (column === 'CHANGES_ASKED') return { verdict: 'ASK_CHANGES', says: `${card.step} asks for changes. The sender reads the reason.` }
  if (column === 'REJECTED')
    return { verdict: 'REJECT', says: `${card.step} rejects it, which ends the review. The sender reads the reason.` }
  if (column === 'APPROVED' || card.opens.includes(column)) return { verdict: 'APPROVE', says: approvalSays(card) }
  return {
    verdict: null,
    says: `It cannot be moved to ${column}: only a decision of ${card.step} moves it${card.opens.length > 0 ? `, on to ${list(card.opens)}` : ''}.`,
  }
}
