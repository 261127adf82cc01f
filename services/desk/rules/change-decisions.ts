import type { ChangeSubject } from './change-states.ts'
import { mustStop, type UpstreamChange } from './change.ts'

/** What can be decided about each kind of line, gentlest first. */
export const decisionsOf = {
  LICENCE: ['KEEP', 'TELL_HOLDER', 'SUSPEND', 'REVOKE', 'REVOKE_AND_REFUND_PART', 'REVOKE_AND_REFUND'],
  IMPORTED_SALE: ['KEEP', 'END'],
  KIT: ['KEEP', 'REMOVE'],
  COLLECTION: ['KEEP', 'REMOVE'],
  ASSET: ['KEEP', 'WITHDRAW'],
  REQUEST: ['KEEP', 'REFUSE'],
  HOLD: ['WAIT'],
} as const satisfies Record<ChangeSubject, readonly string[]>
export type Decision = (typeof decisionsOf)[ChangeSubject][number]

/** What of a licence a decision may lean on. */
export interface DecidableLicence {
  whole: boolean
  /** What could be given back in all, and for the rest of the term; null where the term has no end. */
  leftMinor: bigint
  proRataMinor: bigint | null
}

/** Whether a decision can be taken about a line: money goes back only where some came. */
export function fits(kind: ChangeSubject, decision: string, licence?: DecidableLicence): decision is Decision {
  if (!(decisionsOf[kind] as readonly string[]).includes(decision)) return false
  if (decision === 'REVOKE_AND_REFUND') return (licence?.leftMinor ?? 0n) > 0n
  if (decision === 'REVOKE_AND_REFUND_PART') return (licence?.proRataMinor ?? 0n) > 0n
  return true
}

/**
 * What the desk would do with a licence. A contract that ends upstream seldom ends what was sold under it, so what was paid
 * for is honoured; a person who takes back their word, and a court, are obeyed. Only ever proposed.
 */
export function suggestForLicence(change: UpstreamChange, licence: DecidableLicence): Decision {
  const paid = licence.leftMinor > 0n
  if (change.kind === 'BAN' && change.ban === 'LEGAL_HOLD') return licence.whole ? 'SUSPEND' : 'TELL_HOLDER'
  if (mustStop(change)) {
    if (!licence.whole) return 'TELL_HOLDER'
    if (!paid) return 'REVOKE'
    return (licence.proRataMinor ?? 0n) > 0n ? 'REVOKE_AND_REFUND_PART' : 'REVOKE_AND_REFUND'
  }
  if (paid || change.kind === 'BAN') return 'KEEP'
  return licence.whole ? 'REVOKE' : 'TELL_HOLDER'
}

/** What the desk would do with everything else: what nobody may use any more is neither shown nor handed out. */
export function suggestFor(kind: Exclude<ChangeSubject, 'LICENCE'>, { dead, stops }: { dead: boolean; stops: boolean }): Decision {
  switch (kind) {
    case 'KIT':
    case 'COLLECTION':
      return dead ? 'REMOVE' : 'KEEP'
    case 'ASSET':
      return dead ? 'WITHDRAW' : 'KEEP'
    case 'REQUEST':
      return 'REFUSE'
    case 'IMPORTED_SALE':
      return stops ? 'END' : 'KEEP'
    case 'HOLD':
      return 'WAIT'
  }
}

export interface KitLine {
  kind: 'LICENCE' | 'KIT'
  no: number
  kitId: string | null
  assetId: string | null
  decision: string | null
}

/** Lines that cannot both be done: a file taken out of a kit ends the licences that the kit gave for it, whatever was decided about them. */
export function clashesOf(lines: readonly KitLine[]): { kit: number; licence: number }[] {
  const removed = new Map(
    lines.flatMap((line) =>
      line.kind === 'KIT' && line.decision === 'REMOVE' ? [[`${line.kitId}:${line.assetId}`, line.no] as const] : [],
    ),
  )
  return lines.flatMap((line) => {
    const kit = line.kind === 'LICENCE' && line.kitId ? removed.get(`${line.kitId}:${line.assetId}`) : undefined
    const stays = line.decision === 'KEEP' || line.decision === 'TELL_HOLDER' || line.decision === 'SUSPEND'
    return kit !== undefined && stays ? [{ kit, licence: line.no }] : []
  })
}
