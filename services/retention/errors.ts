/** Why a policy is not put to work, or does not run. */
export type ActivatePolicyError = 'wrong-state'
export type ApprovePolicyError = 'wrong-state' | 'own-change' | 'changed-meanwhile'
export type RunPolicyError = 'not-active' | 'running'
export type UndoRunError = 'too-late' | 'undone-already' | 'nothing-done' | 'running'
export type AnswerError = 'answered-already' | 'stays'
export type PurgeError = 'not-in-bin' | 'legal-hold' | 'licence-in-force'
export type PolicyError = ActivatePolicyError | ApprovePolicyError | RunPolicyError | UndoRunError | AnswerError
