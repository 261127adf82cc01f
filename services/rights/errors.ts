/** Somebody else has ended or replaced the row meanwhile. */
export type SupersedeError = 'already-superseded'
