export type ReceiveListError = 'too-large' | 'empty' | 'cut-off' | 'unreadable-list' | 'too-many-lists'
export type CancelListError = 'already-finished'
export type ClearUsesError = 'key-used-otherwise'
