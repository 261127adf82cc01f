import type { EditAssetError } from '../assets/errors.ts'

/** Why suggestions are not decided: somebody was faster, or the record does not take it. */
export type DecideSuggestionsError = 'already-decided' | EditAssetError
/** Why a decision is not taken back: it was, or the record says something else by now. */
export type UndoSuggestionsError = 'not-decided' | 'changed-since' | EditAssetError
