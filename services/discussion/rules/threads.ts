import { machine } from '../../kernel/machine.ts'

/** Mirror of the database's enum; a test holds them equal. */
export const threadStateNames = ['OPEN', 'RESOLVED'] as const
export type ThreadState = (typeof threadStateNames)[number]

/** A thread is open until somebody says that it is settled, and may be opened again. */
export const threadStates = machine<ThreadState>()({ OPEN: { resolve: 'RESOLVED' }, RESOLVED: { reopen: 'OPEN' } })

/** How much a version, a thread and a comment hold. Comments are bounded twice: as typed, and (by the database) as kept. */
export const mostThreads = 500
export const mostComments = 300
export const longestComment = 4_000
/** So long one may change one's own words; who answered should not find that they answered something else. */
export const editableForMs = 24 * 3_600_000

/**
 * Whether an answer opens its thread again: asked for; or its writer saw the thread open, and whoever resolved it meanwhile
 * did so without having read this.
 */
export const reopens = (state: ThreadState, seen: ThreadState | undefined, asked: boolean): boolean =>
  state === 'RESOLVED' && (asked || seen === 'OPEN')

/** Whether one's words may still be changed. */
export const isEditable = (saidAt: Date, now: Date): boolean => now.getTime() - saidAt.getTime() < editableForMs
