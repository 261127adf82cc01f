/** What a key may open. A key never opens pages, nor anything that its owner could not see. */
export const accessScopes = ['clearance', 'calendar'] as const
export type AccessScope = (typeof accessScopes)[number]

/** Live keys of one seat: a program each, and room to replace them one by one. */
export const mostKeys = 20

const form = /^cmk_[0-9a-hjkmnp-tv-z]{32}$/
/** Whether a text can be a key at all: what cannot is not looked up. */
export const looksLikeKey = (text: string): boolean => form.test(text)

/** What is kept in the clear, so that a person can tell keys apart: 120 random bits stay unknown. */
export const prefixOf = (secret: string): string => secret.slice(0, 12)

/** "Last used" is for people: written at most once a minute, so that asking does not write. */
export const usedLongAgo = (lastUsedAt: Date | null, now: Date): boolean =>
  lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= 60_000

export type KeyState = 'live' | 'expired' | 'revoked'
/** How a key stands: an end is an end at its instant, whoever has written it down. */
export function keyState({ expiresAt, revokedAt }: { expiresAt: Date | null; revokedAt: Date | null }, now: Date): KeyState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt.getTime() <= now.getTime() ? 'expired' : 'live'
}

/** Wrong keys from one network, and questions under one key: enough for any program that behaves. */
export const keyAllowances = {
  misses: { turns: 30, seconds: 600 },
  uses: { turns: 240, seconds: 60 },
} as const
