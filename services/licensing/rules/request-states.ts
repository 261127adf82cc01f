import { machine } from '../../kernel/machine.ts'

export const requestStateNames = ['WAITING', 'GRANTED', 'REFUSED', 'WITHDRAWN'] as const
export type RequestState = (typeof requestStateNames)[number]

/** A wish for an asset is decided once; a changed mind is a new request. */
export const requestStates = machine<RequestState>()({
  WAITING: { grant: 'GRANTED', refuse: 'REFUSED', withdraw: 'WITHDRAWN' },
  GRANTED: {},
  REFUSED: {},
  WITHDRAWN: {},
})
