import { addDays, addMonths, type Day } from '../../kernel/period.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { sizesWithin } from './sizes.ts'

/** For how long the four questions let one license something, in months. */
export const termMonths = [1, 3, 6, 12, 24, 36, 60, 120] as const

/** A bundle of answers that the house has given once for all its pictures. */
export interface LicencePack {
  id: string
  nameEn: string
  nameDe: string
  media: string[]
  territory: string[]
  except: string[]
  months: number
  exclusive: boolean
  printRun: number | null
  pixels: number | null
}

/** What a pack says when it is bought today. */
export function packTerms(pack: Omit<LicencePack, 'id' | 'nameEn' | 'nameDe'>, today: Day, zone: string): ScopeTerms {
  const limits = sizesWithin(pack.media, { ...(pack.printRun && { printRun: pack.printRun }), ...(pack.pixels && { pixels: pack.pixels }) })
  return {
    media: pack.media,
    territory: { include: pack.territory, ...(pack.except.length > 0 && { except: pack.except }) },
    industry: 'ALL',
    from: today,
    until: addDays(addMonths(today, pack.months), -1),
    zone,
    exclusive: pack.exclusive,
    ...(limits && { limits }),
  }
}
