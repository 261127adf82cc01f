import { industryName, mediumName, placeName } from '../../rights/rules/scope-words.ts'
import type { LimitKind } from '../../rights/rules/scope.ts'
import { modelNames, royaltyFreeModels } from './models.ts'

export const axisTitles = {
  media: 'Media',
  territory: 'Places',
  industry: 'Industries, of the supplement for exclusivity',
  duration: 'Time',
  printRun: 'Print run',
  pixels: 'Size',
} as const
export const curveUnits = { duration: 'days', printRun: 'copies', pixels: 'pixels on the longest edge' } as const
export const limitNames: Record<LimitKind, string> = {
  printRun: 'Printed copies at most',
  impressions: 'Impressions at most',
  viewers: 'Viewers at most',
  seats: 'People who work with the file at most',
  pixels: 'Pixels on the longest edge at most',
}
const codeNames = { media: mediumName, territory: placeName, industry: industryName } as const
const singles: Record<string, string> = {
  'rightsManaged.baseMinor': `${modelNames.RIGHTS_MANAGED}, base price`,
  exclusiveBp: 'Supplement for exclusivity in all industries',
  minimumMinor: 'Least price',
  roundToMinor: 'Rounded to',
}

/** The name of a figure of a price book, by its path; figures of curves may be named by their quantity. */
export function figureName(field: string): string {
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
  const model = royaltyFreeModels.find((name) => name === part)
  if (model) {
    if (rest[0] === 'baseMinor') return `${modelNames[model]}, price`
    return rest[1] === 'limits' ? `${modelNames[model]}: ${limitNames[rest[2] as LimitKind]}` : `${modelNames[model]}: what it covers`
  }
  return field
}
