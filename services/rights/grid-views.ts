import { setImmediate } from 'node:timers/promises'
import { Refusal } from '../kernel/errors.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { claimNames } from './claim-names.ts'
import { loadRights } from './loading.ts'
import { mustMay } from './policy.ts'
import { cellOf, type Cell, type CellReason } from './rules/cell.ts'
import {
  axesOf,
  framesOf,
  gridIndustry,
  gridMonths,
  gridSteps,
  momentInWords,
  momentOf,
  stepDay,
  type Axes,
  type Frame,
  type GridMonths,
} from './rules/grid.ts'
import type { AssetRights } from './rules/known.ts'
import { LeafSet } from './rules/leaf-set.ts'
import { industryName } from './rules/scope-words.ts'
import { verdictOf, type Verdict } from './rules/verdict.ts'
import { industries } from './rules/vocabulary/industries.ts'

/** Where the grid stands: as the address says it. */
export interface GridAsked {
  step: number
  months: GridMonths
  open: string[]
  media: string | null
  territory: string | null
}

/** Unreadable answers fall back to today, for one day, nothing opened. */
export function gridAsked(search: URLSearchParams): GridAsked {
  const step = Number(search.get('step') ?? 0)
  const months = Number(search.get('for') ?? 0)
  return {
    step: Number.isInteger(step) && step >= 0 && step <= gridSteps ? step : 0,
    months: gridMonths.find((n) => n === months) ?? 0,
    open: search.getAll('open').slice(0, 40),
    media: search.get('media'),
    territory: search.get('territory'),
  }
}

/** A reason with the name of its row, and whose it is: for staff. */
export type NamedReason = CellReason & { name: string | null; holder: string | null; licenceId: string | null }
export interface GridView {
  axes: Axes
  frame: Frame
  /** What the slider may stand on, and the days that this means in words. */
  moments: { day: Day; words: string }[]
  step: number
  months: GridMonths
  open: string[]
  cell: (Omit<Cell, 'reasons'> & { reasons: NamedReason[] }) | null
  /** The sensitive industries that the grid leaves out, in words; null where it asks about all. */
  without: string | null
}

type Reading = Ctx<'db' | 'clock' | 'actor'>
const daysOf = (today: Day): Day[] => Array.from({ length: gridSteps + 1 }, (_, step) => stepDay(step, today))

/** The grid where the slider stands, the cell that is opened, and the day's verdict: of rights that are loaded already. */
export async function gridView(
  ctx: Reading,
  rights: AssetRights,
  asked: GridAsked,
  zone: string,
): Promise<GridView & { verdict: Verdict }> {
  const now = ctx.clock.now()
  const when = { at: now, knownAt: now }
  const today = dayOf(now, zone)
  const moment = momentOf(asked.step, asked.months, today, zone)
  const axes = axesOf(asked.open)
  const [frame = '', present = ''] = framesOf(rights, axes, [moment, momentOf(0, 0, today, zone)], when)
  const cell = asked.media && asked.territory ? cellOf(rights, moment, when, zone, asked.media, asked.territory) : undefined
  return {
    axes,
    frame,
    moments: daysOf(today).map((day, step) => ({ day, words: momentInWords(momentOf(step, asked.months, today, zone)) })),
    step: asked.step,
    months: asked.months,
    open: asked.open,
    without: withoutWords(rights, now),
    cell: cell ? { ...cell, reasons: await named(ctx, rights, cell.reasons) } : null,
    verdict: verdictOf(present, axes, rights.acquisitions.length > 0),
  }
}

const withoutWords = (rights: AssetRights, knownAt: Date): string | null => {
  const left = LeafSet.all.difference(gridIndustry(rights, knownAt))
  return left.isEmpty ? null : industries.codesOf(left).map(industryName).join(', ')
}

async function named(ctx: Reading, rights: AssetRights, reasons: readonly CellReason[]): Promise<NamedReason[]> {
  const claims = new Map(rights.claims.map((claim) => [claim.id, claim]))
  const noOf = ({ row }: CellReason) => (row?.kind === 'claim' ? claims.get(row.id)?.licenceNo : undefined)
  const names = await claimNames(
    ctx,
    reasons.flatMap((reason) => noOf(reason) ?? []),
  )
  const words = new Map<string, string>([
    ...rights.acquisitions.map(({ id, contract }) => [id, contract] as const),
    ...rights.releases.map(({ id, reference }) => [id, reference] as const),
    ...rights.restrictions.map(({ id, reference, reason }) => [id, reference ?? reason] as const),
  ])
  return reasons.map((reason) => {
    const no = noOf(reason)
    const claim = no === undefined ? undefined : names.get(no)
    const name = claim?.name ?? (reason.row && reason.row.kind !== 'claim' ? words.get(reason.row.id) : undefined) ?? null
    return { ...reason, name, holder: claim?.holder ?? null, licenceId: claim?.licenceId ?? null }
  })
}

/** A busy picture's grid takes some milliseconds: other people's requests go on in between. */
const momentsATurn = 4

/** Every position of the slider at once, as letters: what a browser needs to slide without asking again. */
export async function gridFrames(
  ctx: Reading,
  assetId: string,
  asked: Pick<GridAsked, 'months' | 'open'>,
): Promise<{ months: GridMonths; open: string[]; frames: Frame[] }> {
  mustMay(ctx.actor, 'see-rights')
  const [house, loaded] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } }),
    loadRights(ctx, { assetIds: [assetId] }),
  ])
  const rights = loaded.get(assetId)
  if (!rights) throw new Refusal('not-found', `no asset ${assetId}`)
  const now = ctx.clock.now()
  const today = dayOf(now, house.timeZone)
  const moments = daysOf(today).map((_, step) => momentOf(step, asked.months, today, house.timeZone))
  const axes = axesOf(asked.open)
  const frames: Frame[] = []
  for (let first = 0; first < moments.length; first += momentsATurn) {
    frames.push(...framesOf(rights, axes, moments.slice(first, first + momentsATurn), { at: now, knownAt: now }))
    await setImmediate()
  }
  return { months: asked.months, open: asked.open, frames }
}
