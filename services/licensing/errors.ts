/** How licensing may refuse. The edge words these; a new one does not compile until it is worded. */
export type ClaimError = 'rights-taken' | 'rights-not-held' | 'rights-barred'
export type ReserveError = ClaimError | 'asset-not-available'
export type SuspendError = 'not-active'
export type ReinstateError = 'not-suspended' | 'term-is-over'
export type RevokeError = 'already-ended'
export type AskError = 'asset-not-available' | 'already-asked'
export type DecideError = 'already-decided' | 'wider-than-asked' | ReserveError
export type WithdrawError = 'already-decided'
export type GrantKitError = 'already-granted' | 'kit-is-empty' | 'not-a-partner'
export type RevokeKitError = 'already-revoked'
export type WaitError = 'free-now' | 'own-hold' | 'taken' | 'already-waiting' | 'too-many-waits' | 'not-for-sale'
export type LeaveLineError = 'already-ended'
