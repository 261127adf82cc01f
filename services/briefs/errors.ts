/** How briefs may refuse. The edge words these; a new one does not compile until it is worded. */
export type AskBriefError = 'due-is-past' | 'no-such-asset' | 'too-many-open'
export type MoveBriefError = 'wrong-state'
export type AssignBriefError = 'wrong-state' | 'not-a-maker' | 'no-such-link'
export type DeliverBriefError = 'wrong-state' | 'nothing-delivered'
export type AddDeliveryError = 'takes-no-files' | 'there-already' | 'no-such-asset'
export type NoteBriefError = 'brief-ended' | 'wait-a-moment'
export type AddBriefPaperError = 'cut-off' | 'empty' | 'refused-type' | 'too-large' | 'kept-already' | 'too-many-papers' | 'brief-ended'
/** Why a file is not begun for a brief. */
export type BriefDoorError = 'brief-closed'
