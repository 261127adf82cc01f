import { machine } from '../../kernel/machine.ts'

export const bulkStateNames = ['DRAFT', 'APPLYING', 'APPLIED', 'UNDOING', 'UNDONE', 'DROPPED'] as const
export type BulkState = (typeof bulkStateNames)[number]

/** The life of a change to many assets. It is undone once, as far as it still stands. */
export const bulkStates = machine<BulkState>()({
  DRAFT: { apply: 'APPLYING', drop: 'DROPPED' },
  APPLYING: { finish: 'APPLIED' },
  APPLIED: { undo: 'UNDOING' },
  UNDOING: { 'finish-undo': 'UNDONE' },
  UNDONE: {},
  DROPPED: {},
})
