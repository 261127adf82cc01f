import { zoneOfHouse } from '../accounts/houses.ts'
import { csvLine, byteOrderMark } from '../compliance/rules/csv.ts'
import { isPerson, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { askAll, holderFor } from './asking.ts'
import { assetsCalled, assetsLike, type FoundAsset } from './finding.ts'
import { ownLists } from './policy.ts'
import type { ClearanceState } from './rules/clearance-states.ts'
import { columnNames } from './rules/columns.ts'
import { kindWords, lightWords, type Light } from './rules/lights.ts'
import { keptAnswer, priceInFigures, rowsOf, type KeptRow } from './stored-rows.ts'

type Seeing = Ctx<'db' | 'clock' | 'actor'>

export interface PictureToAsk {
  id: string
  no: string
  title: string
  versionId: string | null
  /** Whether the store or the portal shows it: where its page is. */
  published: boolean
  audience: FoundAsset['audience']
}
const pictureOf = ({ id, no, title, versionId, state, audience }: FoundAsset): PictureToAsk => ({
  id,
  no: String(no),
  title,
  versionId,
  published: state === 'PUBLISHED',
  audience,
})

export interface AskPage {
  picture: PictureToAsk | null
  /** What the search for a picture found; null where none was made. */
  found: PictureToAsk[] | null
  answer: KeptRow | null
  /** For whom the house's people may ask; empty for others. */
  organisations: { id: string; name: string }[]
}

/** One question: the picture, what a search for one found, and the answer once every question is answered. */
export async function askPage(
  ctx: Seeing,
  asked: { asset: string | null; find: string; terms: ScopeTerms | null; by: string | null },
): Promise<AskPage> {
  const { asset: name, find, terms, by } = asked
  const [one, found, organisations] = await Promise.all([
    name ? assetsCalled(ctx, [name]).then((all) => all.get(name)) : undefined,
    find && !name ? assetsLike(ctx, find) : null,
    organisationsOf(ctx),
  ])
  const asset = one?.length === 1 ? one[0] : undefined
  if (name && !asset) throw new Refusal('not-found', `no asset ${name}`)
  const holder = await holderFor(ctx, by)
  const [answer] = asset && terms ? await askAll(ctx, [{ asset: asset.id, terms }], holder) : []
  return {
    picture: asset ? pictureOf(asset) : null,
    found: found && found.map(pictureOf),
    answer: answer && terms ? keptAnswer(1, { asset: answer.asset?.id ?? '' }, terms, answer) : null,
    organisations,
  }
}

/** The partners and customers for whom the house's people may ask: the first five hundred by name. */
export async function organisationsOf(ctx: Ctx<'db' | 'actor'>): Promise<{ id: string; name: string }[]> {
  if (!isPerson(ctx.actor) || !isStaff(ctx.actor)) return []
  return ctx.db.organisation.findMany({
    where: { houseId: ctx.actor.houseId, kind: { not: 'OWNER' }, closedAt: null },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
}

export interface ListLine {
  id: string
  name: string
  source: string
  state: ClearanceState
  rowsTotal: number
  rowsDone: number
  green: number
  amber: number
  red: number
  errors: number
  createdAt: Date
}
const lineSelect = {
  id: true,
  name: true,
  source: true,
  state: true,
  rowsTotal: true,
  rowsDone: true,
  green: true,
  amber: true,
  red: true,
  errors: true,
  createdAt: true,
} as const
const listsAPage = 25

/** The lists of the actor's organisation, newest first. */
export async function listsPage(ctx: Seeing, cursor?: string | null): Promise<Page<ListLine>> {
  const from = decodeCursor(cursor)
  const rows = await ctx.db.clearance.findMany({
    where: {
      ...ownLists(ctx.actor),
      ...(from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {}),
    },
    select: lineSelect,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: listsAPage + 1,
  })
  return pageOf(rows, listsAPage, ({ createdAt, id }) => encodeCursor(createdAt, id))
}

export interface ListPage {
  list: ListLine & { failure: string | null; finishedAt: Date | null; by: string | null; holder: string | null }
  /** Who will use the pictures, where that is not the asker's own organisation. */
  holderOrgId: string | null
  rows: KeptRow[]
  next: string | null
  zone: string
}
const rowsAPage = 50

/** One list: how far it is, what came out, and its rows from one on. */
export async function listPage(
  ctx: Seeing,
  clearanceId: string,
  { light, after }: { light?: Light | undefined; after?: number },
): Promise<ListPage> {
  const list = await ctx.db.clearance.findFirst({
    where: { id: clearanceId, ...ownLists(ctx.actor) },
    select: { ...lineSelect, failure: true, finishedAt: true, createdById: true, holderOrgId: true },
  })
  if (!list) throw new Refusal('not-found', `no list ${clearanceId}`)
  const { createdById, holderOrgId, ...facts } = list
  const [rows, by, holder, zone] = await Promise.all([
    rowsOf(ctx, clearanceId, { light, after: after ?? 0, take: rowsAPage + 1 }),
    createdById ? ctx.db.user.findUnique({ where: { id: createdById }, select: { name: true } }) : null,
    holderOrgId ? ctx.db.organisation.findFirst({ where: { id: holderOrgId, houseId: ctx.actor.houseId }, select: { name: true } }) : null,
    zoneOfHouse(ctx),
  ])
  const page = pageOf(rows, rowsAPage, ({ rowNo }) => String(rowNo))
  return { list: { ...facts, by: by?.name ?? null, holder: holder?.name ?? null }, holderOrgId, rows: page.items, next: page.next, zone }
}

const answerColumns = ['light', 'answer', 'reasons', 'nearest', 'licences', 'price', 'currency', 'errors'] as const

/** A row with its answer as cells: what was written, then what came out. */
export function cellsOf({ use, light, kind, reasons, nearest, licences, price }: KeptRow): string[] {
  const wrong = light === 'ERROR'
  return [
    ...columnNames.map((name) => use.given[name] ?? ''),
    wrong ? 'error' : light.toLowerCase(),
    wrong ? lightWords.ERROR : kindWords[kind].title,
    wrong ? '' : reasons.map(({ words }) => words).join(' '),
    nearest.map(({ words }) => words).join(' | '),
    licences.join(' | '),
    price ? priceInFigures(price) : '',
    price?.currency ?? '',
    wrong ? reasons.map(({ column, words }) => (column ? `${column}: ${words}` : words)).join(' ') : '',
  ]
}
export const csvHeader = (): string => byteOrderMark + csvLine([...columnNames, ...answerColumns])
export const csvRow = (row: KeptRow): string => csvLine(cellsOf(row))

/** The result of a list as CSV, five hundred rows a statement: as long as the list is, and never whole in memory. */
export async function listResult(ctx: Seeing, clearanceId: string): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  const list = await ctx.db.clearance.findFirst({ where: { id: clearanceId, ...ownLists(ctx.actor) }, select: { name: true } })
  if (!list) throw new Refusal('not-found', `no list ${clearanceId}`)
  async function* chunks(): AsyncGenerator<string> {
    yield csvHeader()
    let after = 0
    for (;;) {
      const rows = await rowsOf(ctx, clearanceId, { after, take: 500 })
      if (rows.length > 0) yield rows.map(csvRow).join('')
      const last = rows.at(-1)
      if (!last || rows.length < 500) return
      after = last.rowNo
    }
  }
  return {
    name: `${
      list.name
        .replace(/\.csv$/i, '')
        .replace(/[^\w-]+/g, '-')
        .slice(0, 80) || 'list'
    }-cleared.csv`,
    chunks: chunks(),
  }
}
