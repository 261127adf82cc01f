import { machine } from '../../kernel/machine.ts'

/** Mirror of the database's enum; a test holds them equal. */
export const reviewStateNames = ['WAITING', 'APPROVED', 'CHANGES_ASKED', 'REJECTED', 'CANCELLED'] as const
export type ReviewState = (typeof reviewStateNames)[number]

/** One question, one answer. A new version of the asset cancels the question about the old one. */
export const reviewStates = machine<ReviewState>()({
  WAITING: { approve: 'APPROVED', askChanges: 'CHANGES_ASKED', reject: 'REJECTED', cancel: 'CANCELLED' },
  APPROVED: {},
  CHANGES_ASKED: {},
  REJECTED: {},
  CANCELLED: {},
})

export const decisions = ['approve', 'askChanges', 'reject'] as const
export type Decision = (typeof decisions)[number]

/** The state's name for people. */
export const reviewWords: Record<ReviewState, string> = {
  WAITING: 'Waits for review',
  APPROVED: 'Approved',
  CHANGES_ASKED: 'Changes asked for',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
}

/** Why a question is taken back when a version comes that it did not ask about. */
export const replacedReason = 'A new version was uploaded.'
