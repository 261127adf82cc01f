import { policySayings } from '#app/components/life/policy-words.ts'
import type { Toast } from './toast.server.ts'
import type { Context } from '#services/platform/context.ts'
import type { Result } from '#services/kernel/result.ts'
import type { PolicyError } from '#services/retention/errors.ts'
import { activatePolicy, approvePolicy, restPolicy } from '#services/retention/policies.ts'
import { runPolicy, undoRun } from '#services/retention/runs.ts'

/** What the buttons of a policy's page ask for, and the sentence that answers. */
export async function actOnPolicy(ctx: Context, policyId: string, form: FormData): Promise<Toast> {
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  switch (text('verb')) {
    case 'activate':
      return say(await activatePolicy(ctx, { policyId }), ({ waits }) =>
        waits ? 'Another librarian is asked to agree.' : 'It runs every night from now on.',
      )
    case 'approve': {
      const seen = new Date(text('seenAt'))
      return say(
        await approvePolicy(ctx, { policyId, seenAt: Number.isNaN(seen.getTime()) ? new Date(0) : seen }),
        () => 'Agreed: it runs every night from now on.',
      )
    }
    case 'pause':
      return say(await restPolicy(ctx, { policyId, end: false }), () => 'Paused.')
    case 'end':
      return say(await restPolicy(ctx, { policyId, end: true }), () => 'Ended. What it did stays on record.')
    case 'run':
      return say(await runPolicy(ctx, { policyId }), ({ done, spared }) => `${done} done, ${spared} spared.`)
    case 'undo':
      return say(
        await undoRun(ctx, { runId: text('runId') }),
        ({ undone, left }) => `${undone} taken back${left > 0 ? `, ${left} left as they are by now` : ''}.`,
      )
    default:
      return { tone: 'danger', text: policySayings['wrong-state'] }
  }
}

const say = <T>(outcome: Result<T, PolicyError>, words: (value: T) => string): Toast =>
  outcome.ok ? { tone: 'success', text: words(outcome.value) } : { tone: 'danger', text: policySayings[outcome.error] }
