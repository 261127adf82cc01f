import { z } from 'zod'

/** Somebody asked for a new password under this address; see `sendReset`. */
export const sendResetJob = 'accounts.send-reset'
export const sendResetPayload = z.object({ houseId: z.string(), email: z.string() })

/** Sessions, counts and rates that ran out; see `sweepAccounts`. */
export const sweepJob = 'accounts.sweep'
