/** How changes upstream may refuse. The edge words these; a new one does not compile until it is worded. */
export type DraftError = 'nothing-cites-it' | 'too-many-assets' | 'nothing-changes' | 'names-the-contract'
export type RedrawError = 'not-a-draft' | 'nothing-cites-it' | 'too-many-assets' | 'nothing-changes'
export type DecideItemError = 'not-a-draft' | 'does-not-fit'
export type ApplyError = 'not-a-draft' | 'undecided' | 'decisions-clash' | 'ground-moved'
export type DropError = 'not-a-draft'
export type RetryError = 'nothing-failed'
