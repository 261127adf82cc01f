import { machine } from '../../kernel/machine.ts'

/** Mirror of the database enum, so that pages need no database client. */
export const likenessStateNames = ['OPEN', 'NEW_VERSION', 'TWINS', 'DIFFERENT', 'DISCARDED'] as const
export type LikenessState = (typeof likenessStateNames)[number]

/**
 * A question about two pictures that look alike, and its answer. "Different" and "discarded" can be taken back: nothing was
 * lost by them. A file that has become a version, or a group that shares its exclusivity, is undone where it lives.
 */
export const likenessStates = machine<LikenessState>()({
  OPEN: { newVersion: 'NEW_VERSION', twins: 'TWINS', different: 'DIFFERENT', discard: 'DISCARDED' },
  NEW_VERSION: {},
  TWINS: {},
  DIFFERENT: { reopen: 'OPEN' },
  DISCARDED: { reopen: 'OPEN' },
})

export const likenessDecisions = ['newVersion', 'twins', 'different', 'discard'] as const
export type LikenessDecision = (typeof likenessDecisions)[number]
