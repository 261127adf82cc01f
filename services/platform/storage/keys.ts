import { Refusal } from '../../kernel/errors.ts'

/** Keys are made by us: lower-case words, ids and hashes joined by slashes. Anything else is refused before a path is made of it. */
const safe = /^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*(?:\.[a-z0-9]+)?$/

export function assertKey(key: string): string {
  if (key.length > 200 || !safe.test(key)) throw new Refusal('malformed', 'not a storage key')
  return key
}

/** Spread over 4,096 folders by hash: `original/ab/c/abc….` */
const spread = (hash: string): string => `${hash.slice(0, 2)}/${hash.slice(2, 3)}/${hash}`

/** A version's own bytes, by house and content: the same bytes twice are one object. */
export const originalKey = (houseId: string, sha256: string): string => `original/${houseId}/${spread(sha256)}`
export const renditionKey = (versionId: string, preset: string): string => `rendition/${versionId}/${preset}`
/**
 * A preview as people see it. Marked and plain pixels never share a key: a slow run that was planned for the portal would else
 * put a clean copy where the store's row, written meanwhile, says that a marked one lies.
 */
export const previewKey = (versionId: string, preset: string, isMarked: boolean): string =>
  renditionKey(versionId, isMarked ? `${preset}-marked` : preset)
/** Where two versions differ, drawn. */
export const differenceKey = (fromId: string, toId: string, algorithm: number): string => `difference/${fromId}/${toId}-${algorithm}`
export const uploadKey = (uploadId: string): string => `upload/${uploadId}`
export const documentKey = (kind: 'certificate' | 'invoice' | 'contract', id: string): string => `document/${kind}/${id}`
/** A file of rights on its way in, kept as it came: what was applied can be shown. */
export const importKey = (importId: string): string => `import/${importId}`
/** A signed paper's bytes, by house and content. */
export const paperKey = (houseId: string, sha256: string): string => `paper/${houseId}/${spread(sha256)}`
