import { machine } from '../../kernel/machine.ts'

/** Mirrors of the database enum. A db test holds them equal. */
export const importStateNames = ['CHECKING', 'CHECKED', 'APPLYING', 'DONE', 'FAILED', 'DROPPED'] as const
export type ImportState = (typeof importStateNames)[number]

/** A file is looked through whole; then a person has it written, or drops it. Nothing is written before, and nothing in part. */
export const importStates = machine<ImportState>()({
  CHECKING: { finishCheck: 'CHECKED', fail: 'FAILED', drop: 'DROPPED' },
  CHECKED: { apply: 'APPLYING', drop: 'DROPPED' },
  APPLYING: { finish: 'DONE', fail: 'FAILED' },
  DONE: {},
  FAILED: {},
  DROPPED: {},
})
