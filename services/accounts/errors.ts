export type SignInError = 'wrong-credentials' | 'locked' | 'too-many' | 'no-seat'
export type RegisterError = 'email-taken' | 'password-weak' | 'too-many'
export type InviteError = 'already-member' | 'roles-do-not-fit' | 'organisation-closed' | 'too-many'
export type JoinError = 'invitation-expired' | 'invitation-used' | 'invitation-revoked' | 'account-exists' | 'other-account' | 'password-weak' | 'too-many'
export type RevokeInvitationError = 'invitation-used'
export type ForgotError = 'too-many'
export type ResetError = 'link-expired' | 'link-used' | 'password-weak'
export type ChangePasswordError = 'wrong-password' | 'password-weak' | 'too-many'
export type ChangeRolesError = 'last-administrator' | 'roles-do-not-fit' | 'membership-ended'
export type EndMembershipError = 'last-administrator' | 'membership-ended'
export type CloseOrganisationError = 'already-closed'
export type ReopenOrganisationError = 'not-closed'

/** Facts that go with `locked`. */
export interface Locked {
  until: Date
}
/** Facts that go with `too-many`. */
export interface TooMany {
  retryAfterSeconds: number
}
/** The sentence that goes with `password-weak`. */
export interface Weak {
  reason: string
}
export type CreateAccessKeyError = 'too-many-keys' | 'ends-already'
export type RevokeAccessKeyError = 'already-revoked'
export type OpenWithKeyError = 'unknown-key' | 'scope-missing' | 'too-many'
export type FoundHouseError = 'host-taken' | 'host-needed'
