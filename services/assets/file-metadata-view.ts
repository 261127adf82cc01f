import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { may, mayOpenBytes } from './policy.ts'
import { closedToEdits } from './rules/asset-states.ts'
import { unsaidRecord } from './rules/sealing.ts'
import { besideFile, deliveredValues, type FieldBesideFile } from './rules/metadata-fields.ts'
import { fieldCalled, metadataMap, type Panel } from './rules/metadata-map.ts'
import { unnamed, type Dispute, type Found, type FoundXmp } from './rules/metadata-reading.ts'
import { valuesOf, wordsOf } from './rules/metadata-values.ts'
import { packetOf } from './rules/metadata-writing.ts'

type ViewCtx = Ctx<'db' | 'actor'>

export interface FieldRow extends FieldBesideFile {
  /** What the version before said, where there was one. */
  before: string
  /** In which block of the file it stood. */
  origin: string
  /** Somebody has said that the record stands. */
  kept: boolean
}
export interface RawRow {
  standard: string
  name: string
  words: string
  /** The field of the map, where it is one. */
  label: string | null
}
export type FileMetadataPage = Awaited<ReturnType<typeof fileMetadataPage>>

const versionSelect = {
  id: true,
  number: true,
  fileName: true,
  mediaType: true,
  processing: true,
  embedded: true,
  sidecar: { select: { fileName: true, addedAt: true } },
  fileMetadata: { select: { found: true, origins: true, disputes: true, keptFields: true, readAt: true } },
} as const

const recordSelect = {
  id: true,
  title: true,
  state: true,
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
  createdById: true,
  changedAt: true,
  currentVersionId: true,
  embargoEndsAt: true,
  embargoFor: true,
} as const

async function findAsset(ctx: ViewCtx, assetId: string) {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: ctx.actor.houseId },
    select: { ...recordSelect, versions: { select: versionSelect, orderBy: { number: 'desc' }, take: 10 } },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  return asset
}

/** An asset's record beside its file and beside the file before it, and all else that the file says. */
export async function fileMetadataPage(ctx: ViewCtx, assetId: string, q: string) {
  const found = await findAsset(ctx, assetId)
  const sealed = !mayOpenBytes(ctx.actor, found)
  // What a file says describes the picture: an embargo keeps it with the bytes.
  const { versions, ...asset } = sealed ? { ...found, ...unsaidRecord, versions: [] as typeof found.versions } : found
  const at = versions.findIndex(({ id }) => id === asset.currentVersionId)
  const current = versions[at]
  const before = versions.slice(at + 1).find(({ processing }) => processing === 'READY')
  const file = valuesOf(current?.embedded)
  const earlier = valuesOf(before?.embedded)
  const read = current?.fileMetadata
  const origins = (read?.origins ?? {}) as Record<string, string>
  const kept = new Set(read?.keptFields ?? [])
  const rows: FieldRow[] = besideFile(asset, file).map((row) => ({
    ...row,
    before: wordsOf(fieldCalled(row.field) ?? { type: 'text' }, earlier[row.field]),
    origin: origins[row.field] ?? '',
    kept: kept.has(row.field),
  }))
  const said = rows.filter(({ standing, before: was }) => standing !== 'neither' || was !== '')
  const raw = rawOf((read?.found ?? null) as Found | null)
  const wanted = q.toLowerCase()
  return {
    asset: { id: asset.id, title: asset.title, state: asset.state, kind: asset.kind, changedAt: asset.changedAt },
    version: current ? { id: current.id, number: current.number, fileName: current.fileName, processing: current.processing } : null,
    before: before ? { number: before.number, fileName: before.fileName } : null,
    read: read ? { at: read.readAt } : null,
    sidecar: current?.sidecar ?? null,
    conflicts: said.filter(({ conflict, kept: stands, takeable }) => conflict && takeable && !stands),
    offers: said.filter(({ standing, takeable }) => standing === 'only-file' && takeable),
    panels: panelsOf(said),
    disputes: ((read?.disputes ?? []) as unknown as Dispute[]).map(({ field, kept: one, other }) => {
      const named = fieldCalled(field) ?? { type: 'text' as const, label: field }
      return {
        label: named.label,
        kept: { from: one.from, words: wordsOf(named, one.value) },
        other: { from: other.from, words: wordsOf(named, other.value) },
      }
    }),
    raw: raw.filter(({ standard, name, words, label }) => `${standard} ${name} ${label ?? ''} ${words}`.toLowerCase().includes(wanted)),
    rawTotal: raw.length,
    foreign: read ? unnamed(read.found as unknown as Found).length : 0,
    q,
    mayEdit: !sealed && !closedToEdits.includes(asset.state) && may(ctx.actor, 'edit', asset),
    maySeeFiles: may(ctx.actor, 'open-files') && !sealed,
    sealed,
  }
}

function panelsOf(rows: readonly FieldRow[]): { panel: Panel; rows: FieldRow[] }[] {
  const panels = [...new Set(metadataMap.map(({ panel }) => panel))]
  return panels.map((panel) => ({ panel, rows: rows.filter((row) => row.panel === panel) })).filter((group) => group.rows.length > 0)
}

/** A property of XMP in words: structures by the local names of their fields, languages in brackets. */
function xmpWords(value: FoundXmp): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(xmpWords).join('\n')
  return Object.entries(value)
    .map(([name, inner]) =>
      name.startsWith('@')
        ? name === '@x-default'
          ? xmpWords(inner)
          : `[${name.slice(1)}] ${xmpWords(inner)}`
        : `${name}: ${xmpWords(inner)}`,
    )
    .join('\n')
}

const byXmp = new Map(metadataMap.flatMap((field) => [field.xmp, ...(field.alsoXmp ?? [])].map((name) => [name, field.label] as const)))
const byIim = new Map(metadataMap.flatMap(({ iim, label }) => (iim ? [[String(iim.dataset), label] as const] : [])))
const byOther = new Map(metadataMap.flatMap(({ other = [], label }) => other.map((name) => [name, label] as const)))
const byExif = new Map(metadataMap.flatMap(({ exif, label }) => (exif ? [[exif, label] as const] : [])))

/** Numbers that stand as bytes among the words, as they are written in hexadecimal. */
const seen = (words: string) =>
  words.replace(/\p{Cc}/gu, (one) => (one === '\n' ? one : `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`))

/** Everything that was found, under the names of the standards. */
function rawOf(found: Found | null): RawRow[] {
  if (!found) return []
  return [
    ...Object.entries(found.xmp ?? {}).map(([name, value]) => ({
      standard: 'XMP',
      name,
      words: xmpWords(value),
      label: byXmp.get(name) ?? null,
    })),
    ...Object.entries(found.iim ?? {}).map(([set, values]) => ({
      standard: 'IIM',
      name: `2:${set.padStart(2, '0')}`,
      words: values.map(seen).join('\n'),
      label: byIim.get(set) ?? null,
    })),
    ...Object.entries(found.exif ?? {}).map(([name, words]) => ({ standard: 'EXIF', name, words, label: byExif.get(name) ?? null })),
    ...Object.entries(found.other ?? {}).map(([name, words]) => ({
      standard: name.split(':')[0]?.toUpperCase() ?? '',
      name: name.split(':').slice(1).join(':'),
      words,
      label: byOther.get(name) ?? null,
    })),
  ]
}

/** What would go out with the file, as a file of its own: the record's words, and the file's about rights. Nothing is left out for those of the house. */
export async function sidecarOf(ctx: ViewCtx, assetId: string): Promise<{ fileName: string; xmp: string }> {
  const { versions, ...asset } = await findAsset(ctx, assetId)
  if (!mayOpenBytes(ctx.actor, asset)) throw new Refusal('forbidden', 'under embargo')
  const current = versions.find(({ id }) => id === asset.currentVersionId)
  const values = deliveredValues(asset, valuesOf(current?.embedded), { keepsPrivate: true })
  const name = (current?.fileName ?? asset.title).replace(/\.[^.]+$/, '')
  return { fileName: `${name}.xmp`, xmp: packetOf(values).xmp }
}
