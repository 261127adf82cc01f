import { mayOpenBytes } from '../assets/policy.ts'
import { selectedIds } from '../assets/selections.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { open, slice, storedObject } from '../platform/files/splice.ts'
import { planZip } from '../platform/files/zip.ts'
import type { Delivering } from './downloads.ts'
import { etagOf, type Caller, type OpenFile } from './files.ts'
import { deliver, registerRefusals, type Consignment } from './register.ts'
import { archiveNames, fileNameFor } from './rules/archive-names.ts'
import { maySeeFiles } from './rules/entitlement.ts'

/** More originals than this are copied by an operator, not sent through a browser. */
export const mostInArchive = 500

/**
 * The newest originals of a selection as one archive, for the staff who may open files: each decided on by the same gate as a single file and registered
 * like one, what may not leave left out and registered as refused. The length is exact, and an interrupted download goes on.
 */
export async function openSelectionArchive(
  ctx: Delivering,
  { selectionId, caller }: { selectionId: string; caller: Caller },
): Promise<Result<OpenFile, 'too-many-selected' | 'nothing-to-send'>> {
  if (!maySeeFiles(ctx.actor)) {
    await registerRefusals(ctx, [{ subject: { rendition: 'original' }, reason: 'no-right' }], caller)
    throw new Refusal('forbidden', 'open originals')
  }
  const ids = await selectedIds(ctx, { selectionId }, mostInArchive)
  if (!ids.ok) return ids
  const rows = await ctx.db.asset.findMany({
    where: { id: { in: ids.value }, houseId: ctx.actor.houseId, currentVersionId: { not: null } },
    select: {
      id: true,
      title: true,
      state: true,
      embargoEndsAt: true,
      embargoFor: true,
      currentVersion: {
        select: { id: true, mediaType: true, byteSize: true, sha256: true, crc32: true, storageKey: true, purgedAt: true },
      },
    },
  })
  const place = new Map(ids.value.map((id, i) => [id, i]))
  const versions = rows
    .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
    .flatMap(({ currentVersion, ...asset }) => (currentVersion && !currentVersion.purgedAt ? [{ asset, version: currentVersion }] : []))
  const files = versions.filter(({ asset }) => mayOpenBytes(ctx.actor, asset))
  const kept = versions.filter((one) => !files.includes(one))
  if (files.length === 0) return fail('nothing-to-send')
  const names = archiveNames(files.map(({ asset, version }) => ({ section: '', name: fileNameFor(asset.title, version.mediaType) })))
  const sources = files.map(({ version }) => storedObject(version.storageKey, Number(version.byteSize)))
  const { file, members } = planZip(
    files.map(({ version }, i) => ({
      name: names[i] as string,
      file: sources[i] as (typeof sources)[number],
      crc32: Number(version.crc32),
    })),
  )
  return ok({
    fileName: `${files.length} originals.zip`,
    mediaType: 'application/zip',
    size: file.size,
    etag: etagOf(file, ...files.map(({ version }) => version.sha256)),
    inline: false,
    keep: 'nobody',
    async open(range, left) {
      const archiveId = newId('arc', ctx.clock.now())
      const [from, to] = [range?.start ?? 0, range ? range.end + 1 : file.size]
      const subjectOf = ({ asset, version }: (typeof files)[number]) => ({
        assetId: asset.id,
        versionId: version.id,
        rendition: 'original',
        fileSha256: version.sha256,
        archiveId,
      })
      const consignments = files.flatMap((one, i): Consignment[] => {
        const { start, end } = members[i] as (typeof members)[number]
        const [first, last] = [Math.max(start, from), Math.min(end, to)]
        if (first >= last) return []
        return [{ subject: subjectOf(one), reason: 'staff', start: first - from, end: last - from, from: first - start, size: end - start }]
      })
      if (kept.length > 0)
        await registerRefusals(
          ctx,
          kept.map((one) => ({ subject: subjectOf(one), reason: 'embargoed' as const })),
          caller,
        )
      return deliver(ctx, consignments, caller, () => open(slice(file, from, to), ctx.storage, left))
    },
  })
}
