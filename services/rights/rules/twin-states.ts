import { machine } from '../../kernel/machine.ts'

/** Mirror of the database enum, so that pages need no database client. */
export const twinStateNames = ['SUSPECTED', 'CONFIRMED', 'DISMISSED'] as const
export type TwinState = (typeof twinStateNames)[number]

/** A suspected twin binds like a confirmed one until somebody decides; a dismissed one has left its group. */
export const twinStates = machine<TwinState>()({
  SUSPECTED: { confirm: 'CONFIRMED', dismiss: 'DISMISSED' },
  CONFIRMED: {},
  DISMISSED: {},
})
