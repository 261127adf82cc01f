import { industryName, mediumName, placeName } from '../../rights/rules/scope-words.ts'
import type { LimitKind } from '../../rights/rules/scope.ts'
import en from '../words/en.json' with { type: 'json' }
import { modelNames, royaltyFreeModels } from './models.ts'

export const axisTitles = en.axes
export const curveUnits = { duration: 'days', printRun: 'copies', pixels: 'pixels on the longest edge' } as const
export const limitNames: Record<LimitKind, string> = en.limits
const codeNames = { media: mediumName, territory: placeName, industry: industryName } as const
const singles: Record<string, string> = {
  'rightsManaged.baseMinor': `${modelNames.RIGHTS_MANAGED}, base price`,
  exclusiveBp: 'Supplement for exclusivity in all industries',
  minimumMinor: 'Least price',
  roundToMinor: 'Rounded to',
}

const ownNames: Record<string, string> = {
  RIGHTS_MANAGED: 'rightsManaged.baseMinor',
  ...Object.fromEntries(royaltyFreeModels.map((model) => [model, `royaltyFree.${model}.baseMinor`])),
}
const discountNames: Record<string, string> = {
  codes: 'Code',
  agreed: 'Agreed with',
  volume: 'Licences in one order, from',
  limits: 'Given by hand, at most, by',
}
const giverNames: Record<string, string> = { RIGHTS_MANAGER: 'rights managers', FINANCE: 'finance' }

/** The name of a figure of a price book, by its path; figures of curves may be named by their quantity, agreed rates by the company. */
export function figureName(field: string, companies: ReadonlyMap<string, string> = new Map()): string {
  const single = singles[field]
  if (single) return single
  const [axis = '', part = '', ...rest] = field.split('.')
  if (axis in codeNames) {
    if (part === 'other') return `${axisTitles[axis as keyof typeof codeNames]}: what is not listed`
    return `${axisTitles[axis as keyof typeof codeNames]}: ${codeNames[axis as keyof typeof codeNames](rest.join('.'))}`
  }
  if (axis in curveUnits) {
    const title = axisTitles[axis as keyof typeof curveUnits]
    return part === 'open'
      ? `${title}: without a limit`
      : `${title}: ${Number(part).toLocaleString('en-GB')} ${curveUnits[axis as keyof typeof curveUnits]}`
  }
  if (axis === 'rates') return `Rate of ${part}`
  if (axis === 'inCurrency') return `${part}, of its own: ${figureName(ownNames[rest.join('.')] ?? rest.join('.'))}`
  if (axis === 'discounts') {
    const what = rest.join('.')
    const called = part === 'agreed' ? (companies.get(what) ?? 'a company that is gone') : part === 'limits' ? giverNames[what] : undefined
    return `${discountNames[part] ?? part} ${called ?? what}`
  }
  const model = royaltyFreeModels.find((name) => name === part)
  if (model) {
    if (rest[0] === 'baseMinor') return `${modelNames[model]}, price`
    return rest[1] === 'limits' ? `${modelNames[model]}: ${limitNames[rest[2] as LimitKind]}` : `${modelNames[model]}: what it covers`
  }
  return field
}
