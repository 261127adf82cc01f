/** Somebody else has ended or replaced the row meanwhile. */
export type SupersedeError = 'already-superseded'
/** Settled or ended meanwhile; or what it ran into is still there. */
export type SettleImportedSaleError = 'not-colliding' | 'still-collides'
export type EndImportedSaleError = 'already-ended'
