/** What somebody may do with a box, from the narrowest on. A link gives VIEW or COMMENT; its owner everything. */
export const shareRights = ['VIEW', 'COMMENT', 'EDIT'] as const
export type ShareRight = (typeof shareRights)[number]
export type BoxRight = ShareRight | 'OWN'

const order: readonly BoxRight[] = ['VIEW', 'COMMENT', 'EDIT', 'OWN']

/** Whether a right reaches what is needed. */
export const reaches = (held: BoxRight, needed: BoxRight): boolean => order.indexOf(held) >= order.indexOf(needed)

/** A box is read and ordered whole; a longer one is two subjects. */
export const mostItems = 1_000
export const mostBoxes = 200
export const mostLinks = 20
export const mostMembers = 100
export const mostComments = 2_000
