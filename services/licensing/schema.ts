import { z } from 'zod'
import { scopeTerms } from '../rights/schema.ts'

const reason = z.string().trim().min(3, 'Say why, in a few words.').max(1000)

export const licenceDecision = z.object({ licenceId: z.string().max(64), reason })
export type LicenceDecision = z.infer<typeof licenceDecision>

export const askForGrantInput = z.object({
  assetId: z.string().max(64),
  purpose: z.string().trim().min(3, 'Say what you need it for.').max(2000),
  terms: scopeTerms,
})
export type AskForGrant = z.infer<typeof askForGrantInput>

export const grantRequestInput = z.object({
  requestId: z.string().max(64),
  /** The scope that is granted: what was asked for, or less. */
  terms: scopeTerms.optional(),
  reason: z.string().trim().max(1000).optional(),
})
export type GrantRequestInput = z.infer<typeof grantRequestInput>

export const refuseRequestInput = z.object({ requestId: z.string().max(64), reason })
export type RefuseRequest = z.infer<typeof refuseRequestInput>

export const withdrawRequestInput = z.object({ requestId: z.string().max(64) })
export type WithdrawRequest = z.infer<typeof withdrawRequestInput>

export const grantKitInput = z.object({ kitId: z.string().max(64), orgId: z.string().max(64), terms: scopeTerms })
export type GrantKit = z.infer<typeof grantKitInput>

export const revokeKitGrantInput = z.object({ kitGrantId: z.string().max(64), reason })
export type RevokeKitGrant = z.infer<typeof revokeKitGrantInput>
