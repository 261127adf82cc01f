import { deliveredValues, type FieldsOnRecord } from '../assets/rules/metadata-fields.ts'
import { valuesOf } from '../assets/rules/metadata-values.ts'
import type { Ctx } from '../platform/context.ts'
import { storedObject, type Splice } from '../platform/files/splice.ts'
import { sourceFile, stamp, type Blocks, type StampError } from '../platform/files/stamp.ts'
import { readDocument } from '../licensing/rules/licence-document.ts'
import type { LicensedRendition } from './rules/entitlement.ts'
import { licencePacket } from './rules/licence-packet.ts'

/** What is read of a version to send it: of its renditions the web size, which is sent clean, and the layout file, which is marked. */
export const sourceSelect = {
  id: true,
  mediaType: true,
  byteSize: true,
  sha256: true,
  crc32: true,
  storageKey: true,
  purgedAt: true,
  embedded: true,
  renditions: {
    where: { preset: { in: ['web', 'comp'] as string[] } },
    select: { preset: true, mediaType: true, byteSize: true, sha256: true, crc32: true, storageKey: true },
  },
  asset: {
    select: {
      id: true,
      title: true,
      state: true,
      embargoEndsAt: true,
      embargoFor: true,
      /** Those that stop deliveries too. */
      legalHolds: { where: { releasedAt: null, stopsDelivery: true }, select: { id: true }, take: 1 },
      kind: true,
      description: true,
      altText: true,
      keywords: true,
      creator: true,
      creditLine: true,
      copyrightNotice: true,
      source: true,
      dateCreated: true,
      digitalSourceType: true,
      iptc: true,
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
  purgedAt: Date | null
  /** What its file says of itself. */
  embedded: unknown
  renditions: (Stored & { preset: string })[]
  asset: FieldsOnRecord & {
    id: string
    state: string
    embargoEndsAt: Date | null
    embargoFor: string[]
    legalHolds: { id: string }[]
    kind: string
  }
}

/** The stored bytes behind a rendition; undefined where it was never made (a drawing has no web size). */
export const storedAs = (version: SourceVersion, rendition: LicensedRendition): Stored | undefined =>
  rendition === 'original' ? version : version.renditions.find(({ preset }) => preset === rendition)

/** A file as it will leave: with the licence written into it wherever its kind can carry it. */
export interface StampedFile {
  file: Splice
  crc32: number
  mediaType: string
  sourceSha256: string
  unstamped: StampError | null
}

/** Write the licence and what the record says into a stored file. What cannot carry it leaves as it is, with the reason for the register. */
export async function stampedFor(
  ctx: Ctx<'storage' | 'origin'>,
  version: SourceVersion,
  stored: Stored,
  licenceDocument: string,
  privacy: { keepsPrivate: boolean },
): Promise<StampedFile> {
  const said = deliveredValues(version.asset, valuesOf(version.embedded), privacy)
  const { xmp, split, iim, exif } = licencePacket(readDocument(licenceDocument), said, ctx.origin)
  const blocks: Blocks = {
    xmp: Buffer.from(xmp),
    split: split && { main: Buffer.from(split.main), extension: Buffer.from(split.extension) },
    iim,
    exif,
    ...privacy,
  }
  const source = sourceFile(ctx.storage, { key: stored.storageKey, size: Number(stored.byteSize), crc32: Number(stored.crc32) })
  const stamped = await stamp(source, stored.mediaType, blocks)
  const base = { mediaType: stored.mediaType, sourceSha256: stored.sha256 }
  if (stamped.ok) return { ...base, ...stamped.value, unstamped: null }
  return { ...base, file: storedObject(source.key, source.size), crc32: source.crc32, unstamped: stamped.error }
}
