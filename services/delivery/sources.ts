import type { Ctx } from '../platform/context.ts'
import { storedObject, type Splice } from '../platform/files/splice.ts'
import { sourceFile, stamp, type StampError } from '../platform/files/stamp.ts'
import { readDocument } from '../licensing/rules/licence-document.ts'
import type { CleanRendition } from './rules/entitlement.ts'
import { licencePacket } from './rules/licence-packet.ts'

/** What is read of a version to send it; of its renditions only the web size is sent clean. */
export const sourceSelect = {
  id: true,
  mediaType: true,
  byteSize: true,
  sha256: true,
  crc32: true,
  storageKey: true,
  renditions: { where: { preset: 'web' }, select: { mediaType: true, byteSize: true, sha256: true, crc32: true, storageKey: true } },
  asset: {
    select: {
      id: true,
      title: true,
      state: true,
      kind: true,
      description: true,
      altText: true,
      keywords: true,
      copyrightNotice: true,
      source: true,
      dateCreated: true,
      digitalSourceType: true,
    },
  },
} as const

interface Stored {
  mediaType: string
  byteSize: bigint
  sha256: string
  crc32: bigint
  storageKey: string
}

/** A version as `sourceSelect` reads it. */
export interface SourceVersion extends Stored {
  id: string
  renditions: Stored[]
  asset: {
    id: string
    title: string
    state: string
    kind: string
    description: string
    altText: string
    keywords: string[]
    copyrightNotice: string
    source: string
    dateCreated: string | null
    digitalSourceType: string | null
  }
}

/** The stored bytes behind a rendition; undefined where it was never made (a drawing has no web size). */
export const storedAs = (version: SourceVersion, rendition: CleanRendition): Stored | undefined =>
  rendition === 'original' ? version : version.renditions[0]

/** A file as it will leave: with the licence written into it wherever its kind can carry it. */
export interface StampedFile {
  file: Splice
  crc32: number
  mediaType: string
  sourceSha256: string
  unstamped: StampError | null
}

/** Write the licence into a stored file. What cannot carry it leaves as it is, with the reason for the register. */
export async function stampedFor(
  ctx: Ctx<'storage' | 'origin'>,
  version: SourceVersion,
  stored: Stored,
  licenceDocument: string,
): Promise<StampedFile> {
  const packet = Buffer.from(licencePacket(readDocument(licenceDocument), version.asset, ctx.origin))
  const source = sourceFile(ctx.storage, { key: stored.storageKey, size: Number(stored.byteSize), crc32: Number(stored.crc32) })
  const stamped = await stamp(source, stored.mediaType, packet)
  const base = { mediaType: stored.mediaType, sourceSha256: stored.sha256 }
  if (stamped.ok) return { ...base, ...stamped.value, unstamped: null }
  return { ...base, file: storedObject(source.key, source.size), crc32: source.crc32, unstamped: stamped.error }
}
