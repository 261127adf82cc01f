import { buffer } from 'node:stream/consumers'
import { isStaff } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Language } from '../kernel/language.ts'
import type { Ctx } from '../platform/context.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import { verifySignature } from '../platform/signer.ts'
import { describeScope, sayRights } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { maySeeLicence } from './policy.ts'
import { standingOf, type Standing } from './rules/in-force.ts'
import { readDocument, type LicenceDocument, type ScopeWords } from './rules/licence-document.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/** A stranger asks a few times; who walks through numbers is slowed down. By address, since a stranger has nothing else. */
async function takeLook(ctx: Asking, ip: string): Promise<void> {
  const turn = await takeTurn(ctx, `verify:${networkOf(ip)}`, { turns: 60, seconds: 300 })
  if (!turn.ok) throw new Refusal('too-many', 'verification', turn.retryAfterSeconds)
}

/** `signed`: the text is the one that was hashed and the published key made the signature. Everything else is a no, by its reason. */
export type Seal = 'signed' | 'text-changed' | 'key-not-published' | 'signature-wrong'
export type Verdict = 'genuine' | 'suspended' | 'ended' | 'not-genuine'

export interface Verified {
  number: string
  verdict: Verdict
  standing: Standing
  seal: Seal
  asset: {
    title: string
    creator: string
    creditLine: string
    fileName: string
    sha256: string
    width: number | null
    height: number | null
  }
  /** The watermarked preview as a data address: what is shown here must not need a right to be seen elsewhere. */
  picture: string | null
  scope: Pick<ScopeWords, 'label' | 'words'>[]
  exclusive: boolean
  from: string
  until: string | null
  zone: string
  endedAt: Date | null
  /** The number of the wider licence that took its place. */
  replacedBy: string | null
  /** The number of the narrower licence whose place it took. */
  replaces: string | null
  issuedAt: string
  checkedAt: Date
  documentSha256: string
  signature: string
  keyId: string
  terms: { title: string; version: number; sha256: string } | null
  /** Only for the holder and the house. */
  parties: { licensor: string; holder: string; licensee: string | null } | null
  licenceId: string | null
}

function sealOf(
  licence: { document: string; documentSha256: string; signature: string; keyId: string },
  key: { publicKeyPem: string } | null,
): Seal {
  if (sha256(licence.document) !== licence.documentSha256) return 'text-changed'
  if (!key) return 'key-not-published'
  return verifySignature(key.publicKeyPem, licence.document, licence.signature) ? 'signed' : 'signature-wrong'
}

const live: readonly Standing[] = ['in-force', 'ending', 'upcoming']
const verdictOf = (seal: Seal, standing: Standing): Verdict =>
  seal !== 'signed' ? 'not-genuine' : live.includes(standing) ? 'genuine' : standing === 'suspended' ? 'suspended' : 'ended'

/** `clean`: the reader has a right in force to the picture itself. A mark that is drawn for partners only is shown to nobody else. */
async function pictureOf(
  ctx: Ctx<'db' | 'storage'>,
  document: LicenceDocument,
  { known, clean }: { known: boolean; clean: boolean },
): Promise<string | null> {
  const { asset } = document
  const row = await ctx.db.asset.findUnique({ where: { id: asset.id }, select: { audience: true } })
  if (row?.audience === 'INTERNAL' && !known) return null
  const grid = await ctx.db.rendition.findUnique({
    where: { versionId_preset: { versionId: asset.versionId, preset: 'grid' } },
    select: { storageKey: true, mediaType: true, byteSize: true, watermarked: true },
  })
  if (!grid || grid.byteSize > 400_000n || (!grid.watermarked && !clean)) return null
  return `data:${grid.mediaType};base64,${(await buffer(await ctx.storage.open(grid.storageKey))).toString('base64')}`
}

/** The rows of the scope but for the term and exclusivity, which the page says by themselves: as signed, or in the reader's language. */
function scopeToRead({ scope: { terms, words } }: LicenceDocument, language: Language = 'en'): Verified['scope'] {
  const t = sayRights(language)
  const own = [t('scope.period'), t('scope.exclusivity')]
  const rows = language === 'en' || terms === null ? words : describeScope(terms as unknown as ScopeTerms, language)
  return rows.filter(({ label }) => !own.includes(label)).map(({ label, words: said }) => ({ label, words: said }))
}

/** What the house says about a licence number, to anybody: null when it never issued one by it. The signature is checked now, against the published key. */
export async function verifyNumber(
  ctx: Asking & Ctx<'storage'> & { language?: Language },
  { number, ip }: { number: string; ip: string },
): Promise<Verified | null> {
  await takeLook(ctx, ip)
  const licence = await ctx.db.licence.findFirst({
    where: { number: number.trim().toUpperCase(), houseId: ctx.actor.houseId, issuedAt: { not: null } },
    include: {
      upgradedBy: {
        where: { issuedAt: { not: null }, state: { in: ['ACTIVE', 'SUSPENDED', 'ENDED'] } },
        orderBy: { no: 'desc' },
        take: 1,
        select: { number: true },
      },
    },
  })
  if (!licence?.document || !licence.documentSha256 || !licence.signature || !licence.keyId) return null
  const { document: text, documentSha256, signature, keyId } = licence
  const key = await ctx.db.signingKey.findUnique({ where: { id: keyId }, select: { publicKeyPem: true } })
  const seal = sealOf({ document: text, documentSha256, signature, keyId }, key)
  const standing = standingOf(licence, ctx.clock.now())
  const document = readDocument(text)
  const { asset } = document
  const known = maySeeLicence(ctx.actor, licence)
  return {
    number: licence.number,
    verdict: verdictOf(seal, standing),
    standing,
    seal,
    asset: {
      title: asset.title,
      creator: asset.creator,
      creditLine: asset.creditLine,
      fileName: asset.fileName,
      sha256: asset.sha256,
      width: asset.width,
      height: asset.height,
    },
    picture: await pictureOf(ctx, document, {
      known,
      clean: known && (isStaff(ctx.actor) || standing === 'in-force' || standing === 'ending'),
    }),
    scope: scopeToRead(document, ctx.language),
    exclusive: document.exclusive,
    from: document.from,
    until: document.until,
    zone: (document.scope.terms as { zone?: string } | null)?.zone ?? 'UTC',
    endedAt: licence.endedAt ?? (standing === 'expired' ? licence.endsAt : null),
    replacedBy: standing === 'superseded' ? (licence.upgradedBy[0]?.number ?? null) : null,
    replaces: document.supersedes?.number ?? null,
    issuedAt: document.issuedAt,
    checkedAt: ctx.clock.now(),
    documentSha256,
    signature,
    keyId,
    terms: document.terms && { title: document.terms.title, version: document.terms.version, sha256: document.terms.sha256 },
    parties: known ? { licensor: document.licensor.name, holder: document.holder.name, licensee: document.licensee } : null,
    licenceId: known ? licence.id : null,
  }
}

export interface FileMatch {
  /** `delivered`: these very bytes left the house. `kept`: they are an asset's original, as it lies in the library. */
  how: 'delivered' | 'kept'
  /** The day on which they left. */
  at: Date | null
  title: string | null
  licence: { number: string; standing: Standing } | null
}

/** Where a file's hash is known: under which licence these bytes left the house, or of which published asset they are the original. */
export async function verifyFile(ctx: Asking, { hash, ip }: { hash: string; ip: string }): Promise<FileMatch[]> {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Refusal('malformed', 'not a SHA-256')
  await takeLook(ctx, ip)
  const { houseId } = ctx.actor
  const [ends, versions] = await Promise.all([
    ctx.db.deliveryEnd.findMany({
      where: { sentSha256: hash, delivery: { houseId } },
      select: { at: true, delivery: { select: { licenceId: true, assetId: true } } },
      orderBy: { at: 'desc' },
      take: 50,
    }),
    // Of what was never published nobody outside learns that it exists.
    ctx.db.assetVersion.findMany({
      where: { houseId, sha256: hash, publishedOf: { state: 'PUBLISHED', audience: { not: 'INTERNAL' } } },
      select: { asset: { select: { title: true } } },
      take: 5,
    }),
  ])
  const licences = await ctx.db.licence.findMany({
    where: { houseId, id: { in: ends.flatMap(({ delivery }) => delivery.licenceId ?? []) } },
    select: { id: true, number: true, assetId: true, state: true, endedBy: true, startsAt: true, endsAt: true },
  })
  const assets = await ctx.db.asset.findMany({
    where: { houseId, id: { in: licences.map((licence) => licence.assetId) } },
    select: { id: true, title: true },
  })
  const title = new Map(assets.map((asset) => [asset.id, asset.title]))
  const now = ctx.clock.now()
  const byLicence = licences.map((licence): FileMatch => ({
    how: 'delivered',
    at: ends.findLast(({ delivery }) => delivery.licenceId === licence.id)?.at ?? null,
    title: title.get(licence.assetId) ?? null,
    licence: { number: licence.number, standing: standingOf(licence, now) },
  }))
  const without = ends.filter(({ delivery }) => delivery.licenceId === null).slice(-1)
  return [
    ...byLicence,
    ...(byLicence.length === 0 ? without.map(({ at }): FileMatch => ({ how: 'delivered', at, title: null, licence: null })) : []),
    ...versions.map(({ asset }): FileMatch => ({ how: 'kept', at: null, title: asset.title, licence: null })),
  ]
}
