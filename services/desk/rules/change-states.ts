import { machine } from '../../kernel/machine.ts'

/** Mirrors of the database enums, so that pages need no database client. A test holds them equal. */
export const changeStateNames = ['DRAFT', 'APPLYING', 'APPLIED', 'DROPPED'] as const
export type ChangeState = (typeof changeStateNames)[number]
export const changeKinds = ['END_CONTRACT', 'NARROW_CONTRACT', 'WITHDRAW_CONSENT', 'NARROW_CONSENT', 'BAN'] as const
export type ChangeKind = (typeof changeKinds)[number]
export const changeSubjects = ['LICENCE', 'IMPORTED_SALE', 'KIT', 'COLLECTION', 'ASSET', 'REQUEST', 'HOLD'] as const
export type ChangeSubject = (typeof changeSubjects)[number]

/**
 * The life of a plan. `apply` is the instant from which nothing more can be sold; what was decided line by line is carried
 * out after it, and the plan is applied when the last line is done.
 */
export const changeStates = machine<ChangeState>()({
  DRAFT: { decide: 'DRAFT', redraw: 'DRAFT', apply: 'APPLYING', drop: 'DROPPED' },
  APPLYING: { finish: 'APPLIED' },
  APPLIED: {},
  DROPPED: {},
})

/**
 * Whether a plan will still change by itself: its lines are being carried out, or all are and its end is about to be
 * written, which is a transaction of its own. Where only lines are left that could not be carried out, somebody must act.
 */
export const movesByItself = (plan: { state: ChangeState; items: number; done: number; failed: number }): boolean =>
  plan.state === 'APPLYING' && (plan.failed === 0 || plan.done + plan.failed < plan.items)
