import { machine } from '../../kernel/machine.ts'
import type { StepState } from './route.ts'

/** How a step lives. Its words move it (`rules/route.ts`); the database knows the same table (trigger review_step_moves). */
export const stepStates = machine<StepState>()({
  WAITING: { open: 'OPEN', close: 'CLOSED' },
  OPEN: { approve: 'APPROVED', askChanges: 'CHANGES_ASKED', reject: 'REJECTED', close: 'CLOSED' },
  APPROVED: {},
  CHANGES_ASKED: {},
  REJECTED: {},
  CLOSED: {},
})
