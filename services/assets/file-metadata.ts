import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import type { FoundInFile } from '../platform/media/media.ts'
import type { Fills } from './rules/metadata-fields.ts'
import type { ReadFile } from './rules/metadata-reading.ts'

/** What a file fills of a record, as the database takes it. */
export const written = ({ iptc, ...columns }: Fills): Prisma.AssetUpdateInput => ({
  ...columns,
  ...(iptc ? { iptc: { ...iptc } satisfies Prisma.InputJsonObject } : {}),
})

/** Text that the database can hold: without the signs that JSON has and Postgres has not (nought, half of a pair). */
export const storable = <T>(found: T): T =>
  JSON.parse(
    JSON.stringify(found, (_, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Cs}/gu, '') : value)),
  ) as T

/** Keep everything that was found in a version's file, where it was read and where its blocks disagree. Made anew, it replaces what was there. */
export async function keepMetadata(
  tx: Ctx<'db' | 'clock'>,
  version: { versionId: string; houseId: string; assetId: string },
  found: FoundInFile,
  { origins, disputes }: Pick<ReadFile, 'origins' | 'disputes'>,
): Promise<void> {
  const row = {
    found: { ...found } as unknown as Prisma.InputJsonObject,
    origins,
    disputes: disputes as unknown as Prisma.InputJsonArray,
    readAt: tx.clock.now(),
  }
  await tx.db.fileMetadata.upsert({ where: { versionId: version.versionId }, create: { ...version, ...row }, update: row })
}
