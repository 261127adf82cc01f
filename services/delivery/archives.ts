import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { canonical, type Json } from '../kernel/canonical.ts'
import { isPerson, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { open, slice, splice } from '../platform/files/splice.ts'
import { planZip, type ZipEntry } from '../platform/files/zip.ts'
import { refuse, type Delivering } from './downloads.ts'
import { etagOf, type Caller, type OpenFile } from './files.ts'
import { kitContents, type KitFile, type LeftOut } from './kit-contents.ts'
import { deliver, registerRefusals, type Consignment } from './register.ts'
import { archiveNames, fileNameFor, safeName } from './rules/archive-names.ts'
import { kitStanding, type CleanRendition, type DeliveryRefusal } from './rules/entitlement.ts'
import { sentHash } from './sent-hashes.ts'

type Archiving = Delivering & Ctx<'signer'>

interface Kit {
  id: string
  title: string
  version: number
}

const literal = (name: string, bytes: Buffer): ZipEntry => ({ name, file: splice({ bytes }), crc32: crc32(bytes) })

/** The certificates of the licences in the archive, one each, where they have been drawn up. */
async function certificateEntries(ctx: Ctx<'storage'>, files: readonly KitFile[]): Promise<ZipEntry[]> {
  const entries = new Map<string, ZipEntry>()
  for (const { licence } of files) {
    if (!licence.certificateKey || entries.has(licence.id)) continue
    entries.set(licence.id, literal(`Licences/${licence.number}.pdf`, await buffer(await ctx.storage.open(licence.certificateKey))))
  }
  return [...entries.values()]
}

/** What is in the archive and what is not, with hashes of the bytes as they leave; signed, so that a stranger can check it. */
async function manifestEntry(
  ctx: Archiving & { actor: Person },
  kit: Kit,
  rendition: CleanRendition,
  files: readonly KitFile[],
  paths: readonly string[],
  leftOut: readonly LeftOut[],
  signal?: AbortSignal,
): Promise<ZipEntry> {
  const listed: Json[] = []
  for (const [i, { assetId, title, versionId, licence, stamped }] of files.entries()) {
    listed.push({
      path: paths[i] as string,
      asset: assetId,
      title,
      version: versionId,
      rendition,
      mediaType: stamped.mediaType,
      size: stamped.file.size,
      sha256: await sentHash(ctx, stamped.file, etagOf(stamped.file, stamped.sourceSha256), signal),
      sourceSha256: stamped.sourceSha256,
      licence: licence.number,
      verify: `${ctx.origin}/verify/${licence.number}`,
      until: licence.endsAt?.toISOString() ?? null,
      ...(stamped.unstamped && { licenceDataInFile: `none: ${stamped.unstamped}` }),
    })
  }
  const manifest: Json = {
    kind: 'clearmark.kit-manifest',
    version: 1,
    kit: { id: kit.id, title: kit.title, version: kit.version },
    holder: { id: ctx.actor.orgId, name: ctx.actor.orgName },
    files: listed,
    leftOut: leftOut.map(({ assetId, title, reason }) => ({ asset: assetId, title, reason })),
  }
  const signed = { manifest, keyId: ctx.signer.keyId, signature: ctx.signer.sign(canonical(manifest)) }
  return literal('manifest.json', Buffer.from(`${JSON.stringify(signed, null, 2)}\n`))
}

const subjectOf = (kit: Kit, rendition: CleanRendition, archiveId: string, file: KitFile) => ({
  assetId: file.assetId,
  versionId: file.versionId,
  rendition,
  fileSha256: file.stamped.sourceSha256,
  licenceId: file.licence.id,
  kitId: kit.id,
  archiveId,
})

/**
 * A whole kit as one archive: each file with its licence in it, the certificates, and a signed manifest. Every asset is
 * decided on its own; what may not leave is left out, listed in the manifest and registered as refused. Nothing is read but
 * headers (and, once, what has to be hashed), the length is exact, and an interrupted download goes on where it stopped.
 */
export async function openKitArchive(
  ctx: Archiving,
  { kitId, rendition, caller, signal }: { kitId: string; rendition: CleanRendition; caller: Caller; signal?: AbortSignal },
): Promise<Result<OpenFile, DeliveryRefusal>> {
  const { actor } = ctx
  const kit = isPerson(actor)
    ? await ctx.db.brandKit.findFirst({
        where: { id: kitId, houseId: actor.houseId },
        include: { grants: { where: { orgId: actor.orgId } } },
      })
    : null
  if (!isPerson(actor) || !kit || kit.grants.length === 0) {
    await registerRefusals(ctx, [{ subject: { kitId, rendition }, reason: 'kit-not-granted' }], caller)
    throw new Refusal('not-found', `no kit ${kitId} for this person`)
  }
  const standing = kitStanding(kit.grants, actor.orgId, ctx.clock.now())
  if (standing !== 'open') return refuse(ctx, { kitId, rendition }, standing, caller)
  const person = { ...ctx, actor }
  const { files, leftOut } = await kitContents(person, { id: kitId, grantIds: kit.grants.map(({ id }) => id) }, rendition)
  if (files.length === 0) return refuse(ctx, { kitId, rendition }, leftOut[0]?.reason ?? 'not-available', caller)

  const paths = archiveNames(files.map(({ section, title, stamped }) => ({ section, name: fileNameFor(title, stamped.mediaType) })))
  const { file, members } = planZip([
    ...files.map(({ stamped }, i) => ({ name: paths[i] as string, file: stamped.file, crc32: stamped.crc32 })),
    ...(await certificateEntries(ctx, files)),
    await manifestEntry(person, kit, rendition, files, paths, leftOut, signal),
  ])

  return ok({
    fileName: `${safeName(kit.title)} v${kit.version}.zip`,
    mediaType: 'application/zip',
    size: file.size,
    etag: etagOf(file, ...files.map(({ stamped }) => stamped.sourceSha256)),
    inline: false,
    keep: 'nobody',
    async open(range, left) {
      const archiveId = newId('arc', ctx.clock.now())
      const [from, to] = [range?.start ?? 0, range ? range.end + 1 : file.size]
      const consignments = files.flatMap((each, i): Consignment[] => {
        const { start, end } = members[i] as (typeof members)[number]
        const [first, last] = [Math.max(start, from), Math.min(end, to)]
        if (first >= last) return []
        const { unstamped } = each.stamped
        return [
          {
            subject: subjectOf(kit, rendition, archiveId, each),
            reason: unstamped ? `kit, unstamped: ${unstamped}` : 'kit',
            start: first - from,
            end: last - from,
            from: first - start,
            size: end - start,
          },
        ]
      })
      const refused = leftOut.map(({ assetId, licenceId, reason }) => ({
        subject: { assetId, licenceId, rendition, kitId, archiveId },
        reason,
      }))
      await registerRefusals(ctx, refused, caller)
      return deliver(ctx, consignments, caller, () => open(slice(file, from, to), ctx.storage, left))
    },
  })
}
