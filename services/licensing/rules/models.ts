import { catalogue } from '../../kernel/catalogue.ts'
import type { Language } from '../../kernel/language.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }

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

export const sayLicensing = catalogue({ en, de })

/** What a licence model is called. */
export const modelName = (model: LicenceModel, language: Language = 'en'): string => sayLicensing(language)(`models.${model}`)
/** In English, for desks and documents. */
export const modelNames: Record<LicenceModel, string> = en.models
