/** What stands in the place of a title under an embargo. */
export const sealedTitle = 'Under embargo'

/** What is left of a record, as far as a file's metadata can say it too. */
export const unsaidRecord = {
  title: sealedTitle,
  description: '',
  altText: '',
  keywords: [] as string[],
  creator: '',
  creditLine: '',
  copyrightNotice: '',
  source: '',
  dateCreated: null,
  iptc: {},
}

/** What a view calls the words that describe a picture, and what is left of each. */
const left: Readonly<Record<string, unknown>> = {
  title: sealedTitle,
  assetTitle: sealedTitle,
  subjectTitle: sealedTitle,
  fileName: '',
  altText: '',
  alt: '',
  description: '',
  extendedDescription: '',
  headline: '',
  caption: '',
  keywords: [],
  creator: '',
  credit: '',
  creditLine: '',
  source: '',
  sourceUrl: '',
  copyrightNotice: '',
  dominantColour: null,
  colour: null,
  palette: [],
  blurHash: null,
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)

const isAsset = (value: unknown): value is string => typeof value === 'string' && value.startsWith('ast_')

/** Of which asset an object speaks: by its own id, by the asset's that it names, or by an asset in it. */
function assetOf(value: Record<string, unknown>): string | null {
  if (isAsset(value['assetId'])) return value['assetId']
  if (isAsset(value['id'])) return value['id']
  const { asset } = value
  return isPlain(asset) && isAsset(asset['id']) ? asset['id'] : null
}

/** A thing of its own, with a title of its own: a kit, an order. A version is part of its asset. */
const standsAlone = ({ id }: Record<string, unknown>): boolean =>
  typeof id === 'string' && /^[a-z]{2,4}_/.test(id) && !/^(ver|ren)_/.test(id)

/** The assets that an answer speaks of. */
export function assetsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) assetsIn(each, found)
  else if (isPlain(value)) {
    const about = assetOf(value)
    if (about) found.add(about)
    for (const each of Object.values(value)) assetsIn(each, found)
  }
  return found
}

/** The answer without the words of assets that are sealed, wherever they stand in it. Nothing else is touched. */
export function withoutWords<T>(value: T, sealed: ReadonlySet<string>, within = false): T {
  if (Array.isArray(value)) return value.map((each: unknown) => withoutWords(each, sealed, within)) as T
  if (!isPlain(value)) return value
  const about = assetOf(value)
  const isSealed = about ? sealed.has(about) : within && !standsAlone(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      isSealed && Object.hasOwn(left, name) && each !== null && each !== undefined ? left[name] : withoutWords(each, sealed, isSealed),
    ]),
  ) as T
}
