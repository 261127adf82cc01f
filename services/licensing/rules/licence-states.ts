import { machine } from '../../kernel/machine.ts'

/** Mirrors of the database enums, so that pages need no database client. A test holds them equal. */
export const licenceStateNames = ['RESERVED', 'AWAITING_PAYMENT', 'ACTIVE', 'SUSPENDED', 'ENDED', 'CONFLICT'] as const
export type LicenceState = (typeof licenceStateNames)[number]
export const licenceEnds = ['EXPIRED', 'REVOKED', 'REFUNDED', 'SUPERSEDED', 'RELEASED'] as const
export type LicenceEnd = (typeof licenceEnds)[number]

/**
 * The life of a licence. Whether it is in force is a question to the clock (in-force.ts), not a state. `revive` is late
 * money: a reservation that was released and is paid after all; the operation lets it pass only where the end is RELEASED.
 * `restore` is the way back from a widening whose money was returned: only where the end is SUPERSEDED.
 */
export const licenceStates = machine<LicenceState>()({
  RESERVED: { awaitFunds: 'AWAITING_PAYMENT', issue: 'ACTIVE', release: 'ENDED', conflict: 'CONFLICT' },
  AWAITING_PAYMENT: { issue: 'ACTIVE', release: 'ENDED', conflict: 'CONFLICT' },
  ACTIVE: { suspend: 'SUSPENDED', end: 'ENDED' },
  SUSPENDED: { reinstate: 'ACTIVE', end: 'ENDED' },
  ENDED: { revive: 'RESERVED', restore: 'ACTIVE' },
  CONFLICT: {},
})

export type { LicenceModel } from './models.ts'
