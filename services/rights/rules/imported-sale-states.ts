import { machine } from '../../kernel/machine.ts'

/** Mirror of the database enum, so that pages need no database client. */
export const importedSaleStateNames = ['CLAIMED', 'COLLIDES', 'SETTLED', 'ENDED'] as const
export type ImportedSaleState = (typeof importedSaleStateNames)[number]

/** The life of a licence that another shop sold: it has a live claim exactly while it is CLAIMED. */
export const importedSaleStates = machine<ImportedSaleState>()({
  CLAIMED: { end: 'ENDED' },
  COLLIDES: { claim: 'CLAIMED', accept: 'SETTLED', end: 'ENDED' },
  SETTLED: { claim: 'CLAIMED', end: 'ENDED' },
  ENDED: {},
})
