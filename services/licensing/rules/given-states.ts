import { machine } from '../../kernel/machine.ts'

/** Mirror of the database enum. A test holds them equal. */
export const givenStateNames = ['WAITING', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const
export type GivenState = (typeof givenStateNames)[number]

/**
 * The life of a discount that somebody gives: within the own limit it stands at once, beyond it somebody else decides. What
 * stands can be taken back until an order has it: the operation and the database ask for that.
 */
export const givenStates = machine<GivenState>()({
  WAITING: { approve: 'APPROVED', refuse: 'REFUSED', withdraw: 'WITHDRAWN' },
  APPROVED: { withdraw: 'WITHDRAWN' },
  REFUSED: {},
  WITHDRAWN: {},
})
