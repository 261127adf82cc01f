import type { SubmitAssetError } from '../assets/errors.ts'

export type SendForReviewError = SubmitAssetError
/**
 * Why a decision does not count. `outdated`: it was about a version that another has replaced. `not-asked`: the step wants
 * everybody's word, and theirs is not among them. `own-word-first`: it counts hands, and theirs is one of them. `delegate-not-qualified`: who stands in may not decide it themselves.
 */
export type DecideStepError =
  | 'already-decided'
  | 'own-submission'
  | 'outdated'
  | 'not-open'
  | 'not-asked'
  | 'spoke-already'
  | 'delegate-not-qualified'
  | 'stands-in-no-more'
  | 'own-word-first'
export type HandOnError = 'already-decided' | 'not-qualified' | 'no-such-colleague' | 'own-submission' | 'has-it-already'
export type ConsultError = 'already-decided' | 'no-such-colleague' | 'asked-oneself'
export type AnswerError = 'answered-already'
export type SaveRouteError = 'name-taken' | 'no-such-people' | 'no-such-collection' | 'changed-meanwhile' | 'too-many-routes'
export type MoveRouteError = 'at-the-end'
export type SetAwayError = 'away-already' | 'no-such-colleague' | 'delegate-is-oneself' | 'over-already'
