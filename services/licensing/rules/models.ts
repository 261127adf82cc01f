/** Mirror of the database enum, so that rules and pages need no database client. A db test holds them equal. */
export const licenceModels = [
  'ROYALTY_FREE_STANDARD',
  'ROYALTY_FREE_EXTENDED',
  'RIGHTS_MANAGED',
  'PARTNER_GRANT',
  'INTERNAL_GRANT',
  'COMP',
] as const
export type LicenceModel = (typeof licenceModels)[number]

/** Sold as they stand: their scope comes from the price book. */
export const royaltyFreeModels = ['ROYALTY_FREE_STANDARD', 'ROYALTY_FREE_EXTENDED'] as const satisfies readonly LicenceModel[]
export type RoyaltyFreeModel = (typeof royaltyFreeModels)[number]
export const isRoyaltyFree = (model: LicenceModel): model is RoyaltyFreeModel => (royaltyFreeModels as readonly string[]).includes(model)

/** Granted without a price. */
export const isGrant = (model: LicenceModel): boolean => !isRoyaltyFree(model) && model !== 'RIGHTS_MANAGED'

export const modelNames: Record<LicenceModel, string> = {
  ROYALTY_FREE_STANDARD: 'Royalty-free, standard',
  ROYALTY_FREE_EXTENDED: 'Royalty-free, extended',
  RIGHTS_MANAGED: 'Rights-managed',
  PARTNER_GRANT: 'Partner grant',
  INTERNAL_GRANT: 'Internal grant',
  COMP: 'Layout',
}
