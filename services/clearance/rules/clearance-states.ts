import { machine } from '../../kernel/machine.ts'

/** The life of a list: see the diagram in services/clearance/README.md. */
export const clearanceStates = machine<'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'>()({
  WAITING: { begin: 'RUNNING', fail: 'FAILED', cancel: 'CANCELLED' },
  RUNNING: { begin: 'RUNNING', finish: 'DONE', fail: 'FAILED', cancel: 'CANCELLED' },
  DONE: {},
  FAILED: {},
  CANCELLED: {},
})
export type ClearanceState = keyof typeof clearanceStates.table
/** Whether there is still something to wait for. */
export const isUnderWay = (state: ClearanceState): boolean => clearanceStates.verbs(state).length > 0
