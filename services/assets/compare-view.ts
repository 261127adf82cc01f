import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Prisma } from '../platform/db.ts'
import { playerOf, playerSelect } from './player-view.ts'
import { may } from './policy.ts'
import { metadataMap } from './rules/metadata-map.ts'
import { valuesOf, wordsOf } from './rules/metadata-values.ts'
import { fieldDifferences, recordAsOf, type RecordEdit, type RecordFields } from './rules/record-as-of.ts'
import { factsOf, findVersioned, unsaidOfVersion, versionSelect, type Reading } from './version-views.ts'
import { namesOf } from './views.ts'

export type ComparePage = Awaited<ReturnType<typeof comparePage>>

const comparedSelect = {
  ...versionSelect,
  ...playerSelect,
  embedded: true,
  palette: true,
  orientation: true,
} satisfies Prisma.AssetVersionSelect
type ComparedRow = Prisma.AssetVersionGetPayload<{ select: typeof comparedSelect }>

/** Two versions of an asset beside each other: what each looks like, is as a file, says of itself, and what the record said in its time. */
export async function comparePage(ctx: Reading, assetId: string, numbers: { from?: number | undefined; to?: number | undefined }) {
  const { actor, db } = ctx
  const { sealed, ...asset } = await findVersioned(ctx, assetId)
  const all = await db.assetVersion.findMany({
    where: { assetId, houseId: actor.houseId },
    orderBy: { number: 'desc' },
    take: 500,
    select: { id: true, number: true, createdAt: true },
  })
  // Unless told: what the world sees beside what is newest; else the two newest.
  const live = all.find(({ id }) => id === asset.publishedVersionId && id !== asset.currentVersionId)
  const to = all.find(({ number }) => number === numbers.to) ?? all[0]
  const from = all.find(({ number }) => number === numbers.from) ?? live ?? all[1]
  if (!to || !from) return { asset, numbers: all.map(({ number }) => number), pair: null, record: [], embedded: [] }
  const rows = await db.assetVersion.findMany({ where: { id: { in: [from.id, to.id] }, houseId: actor.houseId }, select: comparedSelect })
  const names = await namesOf(
    ctx,
    rows.map(({ createdById }) => createdById),
  )
  const clean = may(actor, 'open-files') && !sealed
  const sideOf = (id: string) => {
    const row = rows.find((each) => each.id === id)
    if (!row) throw new Refusal('not-found', `no version ${id}`)
    return comparedOf(assetId, row, {
      clean,
      sealed,
      by: row.createdById ? (names.get(row.createdById) ?? null) : null,
      live: id === asset.publishedVersionId,
    })
  }
  const embeddedOf = (id: string) => valuesOf(rows.find((row) => row.id === id)?.embedded)
  const [one, other] = [embeddedOf(from.id), embeddedOf(to.id)]
  /** Until when a version was the newest: the record of its time is the one that it ended with. */
  const endOf = (number: number) => all.find((version) => version.number === number + 1)?.createdAt ?? ctx.clock.now()
  return {
    asset,
    numbers: all.map(({ number }) => number),
    pair: { from: sideOf(from.id), to: sideOf(to.id) },
    record: sealed ? [] : await recordDifferences(ctx, assetId, endOf(from.number), endOf(to.number)),
    /** What the two files say of themselves, where they differ. */
    embedded: (sealed ? [] : metadataMap).flatMap((field) => {
      const [before, after] = [wordsOf(field, one[field.name]), wordsOf(field, other[field.name])]
      return before === after ? [] : [{ label: field.label, from: before, to: after }]
    }),
  }
}

function comparedOf(
  assetId: string,
  row: ComparedRow,
  { clean, sealed, by, live }: { clean: boolean; sealed: boolean; by: string | null; live: boolean },
) {
  const player = row.processing === 'READY' && !sealed ? playerOf(assetId, row, false) : null
  const {
    id,
    number,
    fileName,
    mediaType,
    byteSize,
    sha256,
    width,
    height,
    pages,
    durationMs,
    processing,
    note,
    createdAt,
    dominantColour,
    palette,
    purgedAt,
  } = row
  const sheets = (player?.sheets ?? []).flatMap((preset) => row.renditions.find((made) => made.preset === preset) ?? [])
  const hasClean = clean && row.renditions.some(({ preset }) => preset === 'web')
  return {
    ...{
      id,
      number,
      fileName,
      mediaType,
      sha256,
      width,
      height,
      pages,
      durationMs,
      processing,
      note,
      createdAt,
      dominantColour,
      palette,
      live,
      ...(sealed && { ...unsaidOfVersion, palette: [] as string[] }),
    },
    byteSize: Number(byteSize),
    gone: purgedAt !== null,
    by,
    player,
    sheets: sheets.map((sheet, index) => ({
      src: hasClean && index === 0 ? `/library/files/${id}/web` : `/previews/${assetId}/${sheet.preset}?version=${id}`,
      width: sheet.width,
      height: sheet.height,
    })),
  }
}

const recordSelect = {
  title: true,
  description: true,
  altText: true,
  keywords: true,
  creator: true,
  creditLine: true,
  copyrightNotice: true,
  source: true,
  sourceUrl: true,
  dateCreated: true,
  digitalSourceType: true,
  kind: true,
  audience: true,
  showsPeople: true,
  showsProperty: true,
  editorialOnly: true,
  sellsRoyaltyFree: true,
  sellsRightsManaged: true,
  priceFactorBp: true,
} satisfies Prisma.AssetSelect

/** How the record differed between two instants, read from the trail: the record of now with the later edits taken back. */
async function recordDifferences(ctx: Reading, assetId: string, from: Date, to: Date) {
  const [record, facts] = await Promise.all([
    ctx.db.asset.findFirstOrThrow({ where: { id: assetId, houseId: ctx.actor.houseId }, select: recordSelect }),
    factsOf(ctx, assetId, ['asset.edited']),
  ])
  const edits = facts.map(({ at, data }): RecordEdit => ({ at, changes: (data.changes ?? {}) as unknown as RecordEdit['changes'] }))
  // Fields that have no column are known by their edits alone: they are now what the last of these made of them.
  const known = Object.fromEntries(edits.flatMap(({ changes }) => Object.entries(changes).map(([field, { to: value }]) => [field, value])))
  const now = { ...known, ...record } as RecordFields
  return fieldDifferences(recordAsOf(now, edits, from), recordAsOf(now, edits, to)).map(({ field, from: before, to: after }) => ({
    label: labels[field] ?? metadataMap.find(({ name }) => name === field)?.label ?? field,
    from: plain(before),
    to: plain(after),
  }))
}

const labels: Record<string, string> = {
  altText: 'Alternative text',
  sourceUrl: 'Address of the source',
  kind: 'Kind',
  audience: 'Offered to',
  showsPeople: 'Shows people',
  showsProperty: 'Shows property',
  editorialOnly: 'Editorial only',
  sellsRoyaltyFree: 'Sold royalty-free',
  sellsRightsManaged: 'Sold rights-managed',
  priceFactorBp: 'Price factor',
}

/** A value of the record as words; what a field of its own holds as terms is shown as it is kept. */
function plain(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
