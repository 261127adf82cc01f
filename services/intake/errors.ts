/** How the ways in from outside may refuse. The edge words these; a new one does not compile until it is worded. */
export type MakeGuestLinkError = 'end-is-past' | 'no-such-collection' | 'nobody-to-tell' | 'too-many-links'
export type ChangeGuestLinkError = 'end-is-past' | 'already-revoked'
export type RevokeGuestLinkError = 'already-revoked'
export type UnlockGuestLinkError = 'wrong-password' | 'too-many-tries'
/** Why nothing (more) may be sent through a link. */
export type ClosedDoorError = 'link-ended' | 'link-revoked' | 'link-full' | 'sending-closed'
export type BeginSendingError = 'not-declared' | 'link-ended' | 'link-revoked' | 'link-full' | 'too-many-tries'
export type AttachPaperError = 'cut-off' | 'empty' | 'refused-type' | 'too-large' | 'kept-already' | 'too-many-papers' | ClosedDoorError
export type TakeInError = 'already-decided' | 'not-a-draft'
