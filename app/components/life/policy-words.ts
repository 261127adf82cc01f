import type { Tone } from '#app/components/ui/badge.tsx'
import type { PolicyError } from '#services/retention/errors.ts'
import type { PolicyState } from '#services/retention/rules/policy-rule.ts'

export const policyTones: Record<PolicyState, Tone> = {
  DRAFT: 'neutral',
  WAITING: 'warning',
  ACTIVE: 'success',
  PAUSED: 'warning',
  ENDED: 'neutral',
}

/** Why a policy did not do what was asked of it. */
export const policySayings: Record<PolicyError, string> = {
  'wrong-state': 'It is in another state by now. Look at it again.',
  'own-change': 'Somebody other than its last writer must agree to it.',
  'changed-meanwhile': 'It was changed while you looked at it. Read it again, then agree.',
  'not-active': 'It is not at work. Put it to work first.',
  running: 'It runs at this moment. Look again in a minute.',
  'too-late': 'A run can be taken back for a week; this one is older.',
  'undone-already': 'It was taken back already.',
  'nothing-done': 'It did nothing that could be taken back.',
  'answered-already': 'Somebody answered that already.',
  stays: 'It cannot be archived as it is: a legal hold keeps it, or its state does not allow it.',
}

/** What became of an asset in a run. */
export const outcomeWords: Record<string, string> = {
  done: 'Done',
  asked: 'A librarian was asked',
  notified: 'The librarians were told',
  'legal-hold': 'Spared: on legal hold',
  'licence-in-force': 'Spared: a licence is in force',
  'changed-meanwhile': 'Left: its state had changed',
  undone: 'Done, then taken back',
  'not-undone': 'Done; not taken back, because somebody had changed it since',
}
