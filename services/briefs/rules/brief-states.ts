import { machine } from '../../kernel/machine.ts'

/** Mirror of the database's enum; a test holds them equal. */
export const briefStateNames = [
  'ASKED',
  'ACCEPTED',
  'DECLINED',
  'ASSIGNED',
  'IN_PROGRESS',
  'DELIVERED',
  'CHANGES_ASKED',
  'APPROVED',
  'CLOSED',
  'CANCELLED',
] as const
export type BriefState = (typeof briefStateNames)[number]

/**
 * A wish for an asset that does not exist yet: the desk accepts and assigns it, its maker delivers, its asker approves or
 * asks for changes, and the desk closes it. Until something is delivered the asker may take it back.
 */
export const briefStates = machine<BriefState>()({
  ASKED: { accept: 'ACCEPTED', decline: 'DECLINED', cancel: 'CANCELLED' },
  ACCEPTED: { assign: 'ASSIGNED', decline: 'DECLINED', cancel: 'CANCELLED' },
  DECLINED: {},
  ASSIGNED: { assign: 'ASSIGNED', start: 'IN_PROGRESS', deliver: 'DELIVERED', cancel: 'CANCELLED' },
  IN_PROGRESS: { assign: 'ASSIGNED', deliver: 'DELIVERED', cancel: 'CANCELLED' },
  DELIVERED: { approve: 'APPROVED', askChanges: 'CHANGES_ASKED' },
  CHANGES_ASKED: { assign: 'ASSIGNED', start: 'IN_PROGRESS', deliver: 'DELIVERED', cancel: 'CANCELLED' },
  APPROVED: { close: 'CLOSED' },
  CLOSED: {},
  CANCELLED: {},
})
export type BriefVerb = Parameters<typeof briefStates.whence>[0]

/** Files may be made for it. */
export const takesFiles: readonly BriefState[] = ['ASSIGNED', 'IN_PROGRESS', 'DELIVERED', 'CHANGES_ASKED']
/** Somebody waits for it: it may be late. */
export const underWay: readonly BriefState[] = ['ASKED', 'ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'CHANGES_ASKED']
export const isEnded = (state: BriefState): boolean => state === 'DECLINED' || state === 'CLOSED' || state === 'CANCELLED'

/** For the desk; askers read their catalogue. */
export const briefStateWords: Record<BriefState, string> = {
  ASKED: 'Asked for',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  ASSIGNED: 'Assigned',
  IN_PROGRESS: 'In progress',
  DELIVERED: 'Delivered',
  CHANGES_ASKED: 'Changes asked for',
  APPROVED: 'Accepted by the asker',
  CLOSED: 'Closed',
  CANCELLED: 'Cancelled',
}
