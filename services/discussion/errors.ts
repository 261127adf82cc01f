/** How the talk about an asset may refuse. The edge words these; a new one does not compile until it is worded. */
export type SayError = 'wait-a-moment' | 'too-many-threads' | 'mark-is-outside' | 'too-long'
export type AnswerError = 'wait-a-moment' | 'too-many-comments' | 'too-long'
export type EditCommentError = 'deleted' | 'too-late' | 'changed-meanwhile' | 'too-long'
export type DeleteCommentError = 'deleted'
export type ResolveError = 'already-resolved' | 'answered-meanwhile'
export type ReopenError = 'not-resolved'
export type CarryError = 'already-there' | 'too-many-threads' | 'mark-is-outside'
