import { Refusal } from '../kernel/errors.ts'
import { addDays, dayOf, endOfDay, isDay, startOfDay, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { claimNames } from './claim-names.ts'
import { loadRights } from './loading.ts'
import { mustMay } from './policy.ts'
import { decide, type Decision } from './rules/decide.ts'
import { differenceOf } from './rules/difference.ts'
import { cellsInWords, declaredInWords, differenceInWords, type ChangedCells, type ChangedRow } from './rules/difference-words.ts'
import { gridMedia, gridTerritory } from './rules/grid.ts'
import type { AssetRights } from './rules/known.ts'
import { LeafSet } from './rules/leaf-set.ts'
import { reasonInWords } from './rules/reason-words.ts'
import { scopeChoices, type ScopeChoices } from './rules/vocabulary/choices.ts'
import { media } from './rules/vocabulary/media.ts'
import { territories } from './rules/vocabulary/territories.ts'
import { writersOf } from './writers.ts'

export interface AsOfAsked {
  known: string | null
  than: string | null
  at: string | null
  media: string[]
  territory: string[]
}
export interface StatedAnswer {
  verdict: Decision['verdict']
  reasons: string[]
}
export interface AsOfPage {
  asset: { id: string; title: string }
  zone: string
  today: Day
  /** The two days of knowledge, the earlier first, and the day of the use. */
  than: Day
  known: Day
  at: Day
  /** Whether nobody had written the picture down yet by then. */
  unknownThen: boolean
  rows: (ChangedRow & { by: string | null; licenceId: string | null })[]
  more: number
  declared: string[]
  cells: ChangedCells[]
  asked: { media: string[]; territory: string[] }
  answers: { then: StatedAnswer; now: StatedAnswer } | null
  /** Days on which something about the picture's rights was written down, the latest first. */
  days: Day[]
  choices: Pick<ScopeChoices, 'media' | 'areas' | 'regions' | 'countries'>
}

const most = 100
const fewDays = 12

/** What was known of an asset's rights on two days, side by side: rows, cells of the grid, and the answer to one stated use. */
export async function asOfPage(ctx: Ctx<'db' | 'clock' | 'actor'>, assetId: string, asked: AsOfAsked): Promise<AsOfPage> {
  mustMay(ctx.actor, 'see-rights')
  const houseId = ctx.actor.houseId
  const [asset, house] = await Promise.all([
    ctx.db.asset.findFirst({ where: { id: assetId, houseId }, select: { id: true, title: true } }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
  ])
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const zone = house.timeZone
  const now = ctx.clock.now()
  const today = dayOf(now, zone)
  const day = (text: string | null, otherwise: Day): Day => (text && isDay(text) ? text : otherwise)
  const past = (one: Day): Day => (one > today ? today : one)
  const [than = today, known = today] = [past(day(asked.than, addDays(today, -90))), past(day(asked.known, today))].sort()
  const at = day(asked.at, today)
  const knownAt = (one: Day): Date => (one === today ? now : new Date(endOfDay(one, zone).getTime() - 1))

  const [then, later, all] = await Promise.all([
    loadRights(ctx, { assetIds: [assetId], knownAt: knownAt(than) }),
    loadRights(ctx, { assetIds: [assetId], knownAt: knownAt(known) }),
    loadRights(ctx, { assetIds: [assetId], superseded: true, claims: 'none' }),
  ])
  const after = later.get(assetId) ?? all.get(assetId)
  if (!after) throw new Refusal('not-found', `no asset ${assetId}`)
  const before = then.get(assetId) ?? nothingKnown(after)
  const period = { from: startOfDay(at, zone), to: endOfDay(at, zone) }
  const difference = differenceOf(before, after, {
    media: gridMedia.map((code) => media.resolve([code])),
    territory: gridTerritory.map((code) => territories.resolve([code])),
    period,
    by: 'holder',
  })
  const rows = differenceInWords(difference, zone)
  const shown = rows.slice(0, most)
  const [writers, names] = await Promise.all([
    writersOf(ctx, shown),
    claimNames(
      ctx,
      shown.flatMap(({ licenceNo }) => licenceNo ?? []),
    ),
  ])
  const codes = {
    media: asked.media.filter((code) => media.setOf(code)).slice(0, 40),
    territory: asked.territory.filter((code) => territories.setOf(code)).slice(0, 40),
  }
  const answer = (rights: AssetRights): StatedAnswer => {
    const box = { media: media.resolve(codes.media), territory: territories.resolve(codes.territory), industry: LeafSet.all, period }
    // The rights are those that were known: whatever they say was written down by then.
    const { verdict, reasons } = decide(
      { ...rights, licences: [] },
      { box, exclusive: false, by: 'holder' },
      { at: period.from, knownAt: now },
    )
    return { verdict, reasons: reasons.map((reason) => reasonInWords(reason, box, { zone, contracts: true })) }
  }
  const { industries: _unasked, ...choices } = scopeChoices()
  return {
    asset,
    zone,
    today,
    than,
    known,
    at,
    unknownThen: !then.has(assetId),
    rows: shown.map((row) => {
      const claim = row.licenceNo === null ? undefined : names.get(row.licenceNo)
      return { ...row, name: claim?.name ?? row.name, licenceId: claim?.licenceId ?? null, by: writers.get(row) ?? claim?.holder ?? null }
    }),
    more: rows.length - shown.length,
    declared: declaredInWords(difference),
    cells: cellsInWords(difference.cells),
    asked: codes,
    answers:
      codes.media.length > 0 && codes.territory.length > 0 ? { then: answer(knownOnly(before)), now: answer(knownOnly(after)) } : null,
    days: daysOf(all.get(assetId), zone),
    choices,
  }
}

const nothingKnown = ({ asset }: AssetRights): AssetRights => ({
  asset: { ...asset, showsPeople: null, showsProperty: null, editorialOnly: false },
  acquisitions: [],
  releases: [],
  restrictions: [],
  claims: [],
  licences: [],
})

/** Rows as they stood: that some of them were superseded later is not part of what was known. */
function knownOnly(rights: AssetRights): AssetRights {
  const open = <R extends { supersededAt: Date | null }>(rows: readonly R[]): R[] => rows.map((row) => ({ ...row, supersededAt: null }))
  return {
    ...rights,
    acquisitions: open(rights.acquisitions),
    releases: open(rights.releases),
    restrictions: open(rights.restrictions),
    claims: open(rights.claims),
  }
}

function daysOf(rights: AssetRights | undefined, zone: string): Day[] {
  if (!rights) return []
  const days = [...rights.acquisitions, ...rights.releases, ...rights.restrictions].flatMap(({ recordedAt, supersededAt }) =>
    [recordedAt, ...(supersededAt ? [supersededAt] : [])].map((one) => dayOf(one, zone)),
  )
  return [...new Set(days)].sort().reverse().slice(0, fewDays)
}
