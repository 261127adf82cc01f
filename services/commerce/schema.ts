import { z } from 'zod'
import { scopeTerms } from '../rights/schema.ts'

/** What the store sells; grants are given, not bought. */
export const soldModels = ['ROYALTY_FREE_STANDARD', 'ROYALTY_FREE_EXTENDED', 'RIGHTS_MANAGED'] as const

export const addToCartInput = z.object({
  assetId: z.string().max(64),
  model: z.enum(soldModels),
  /** The use, for rights-managed licences; royalty-free ones take theirs from the price book. */
  terms: scopeTerms.optional(),
  /** The licence of the buyer's company that this one widens: then only the difference is paid. */
  upgradesLicenceId: z.string().max(64).optional(),
})
export type AddToCart = z.infer<typeof addToCartInput>

export const putAsideInput = z.object({ lineId: z.string().max(64), later: z.enum(['yes', 'no']) })

export const removeFromCartInput = z.object({ lineId: z.string().max(64) })
export type RemoveFromCart = z.infer<typeof removeFromCartInput>

const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .transform((text) => text || undefined)
    .optional()

export const beginCheckoutInput = z.object({
  /** The end client, when the buyer licenses for somebody else. */
  licenseeName: optionalText(200),
  purchaseOrder: optionalText(80),
})
export type BeginCheckout = z.infer<typeof beginCheckoutInput>

export const refundInput = z.object({
  orderId: z.string().max(64),
  /** One line, or everything that is left. */
  lineId: z
    .string()
    .max(64)
    .transform((text) => text || undefined)
    .optional(),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(500),
  /** The second decision: whether the licence ends with its money. */
  revokesLicence: z.enum(['yes', 'no'], { error: 'Decide whether the licence ends.' }),
})
export type RefundInput = z.infer<typeof refundInput>
