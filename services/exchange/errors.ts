export type ReceiveImportError = 'too-large' | 'empty' | 'cut-off'
/** Somebody else has applied or dropped it meanwhile, or it is still being checked. */
export type ApplyImportError = 'not-checked' | 'has-problems' | 'nothing-in-it'
export type DropImportError = 'too-late'
export type AddPaperError = 'too-large' | 'empty' | 'cut-off' | 'refused-type' | 'kept-already'
export type RecordForManyError = 'unknown-pictures' | 'too-many'
