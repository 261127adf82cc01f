/** Somebody else has ended or replaced the row meanwhile. */
export type SupersedeError = 'already-superseded'
/** Settled or ended meanwhile; or what it ran into is still there. */
export type SettleImportedSaleError = 'not-colliding' | 'still-collides'
export type EndImportedSaleError = 'already-ended'
/** Why pictures do not become one group: what is not there, what they are in already, or what has been sold of both. */
export type GroupTwinsError = 'no-such-asset' | 'too-few' | 'in-other-groups' | 'already-together' | 'dismissed-before' | 'sold-to-both'
export type DecideTwinError = 'already-decided'
export type LeaveGroupError = 'already-left'
/** Why a likeness is not decided so: somebody was faster, the upload is no draft any more, or what was sold stands in the way. */
export type DecideLikenessError =
  'already-decided' | 'not-a-draft' | 'asset-archived' | 'same-as-current' | 'in-other-groups' | 'dismissed-before' | 'sold-to-both'
/** Somebody else has accepted it or set it aside, or a newer file says something else. */
export type SetAsideError = 'already-decided'
export type ReopenLikenessError = 'not-reopenable'
