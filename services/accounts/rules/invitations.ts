const days = 7

/** Seven days: long enough for a holiday weekend, short enough for a link in a mailbox. */
export const invitationEnd = (sent: Date): Date => new Date(sent.getTime() + days * 86_400_000)

export type InvitationState = 'open' | 'expired' | 'used' | 'revoked'

interface Invitation {
  expiresAt: Date
  acceptedAt: Date | null
  revokedAt: Date | null
}

/** What a link still is. Used and revoked say more than expired, so they come first. */
export function invitationState({ expiresAt, acceptedAt, revokedAt }: Invitation, now: Date): InvitationState {
  if (acceptedAt) return 'used'
  if (revokedAt) return 'revoked'
  return now < expiresAt ? 'open' : 'expired'
}

/** An hour for a new password: the mail was asked for a moment ago. */
export const resetEnd = (asked: Date): Date => new Date(asked.getTime() + 3_600_000)
