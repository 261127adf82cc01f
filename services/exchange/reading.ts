import { Prisma } from '../platform/db.ts'
import type { Ctx } from '../platform/context.ts'
import { csvRows } from './csv-rows.ts'
import { odrlLines } from './odrl-lines.ts'
import type { Complaint } from './rules/cells.ts'
import { readHeader } from './rules/header.ts'
import { limits, type ImportKind, type TableKind } from './rules/kinds.ts'
import { readLine, type Around, type RightsLine } from './rules/lines.ts'

export interface FoundAsset {
  id: string
  no: bigint
  title: string
}
/** A row of the file: what it says about which picture, or what is wrong with it. */
export interface ReadRow {
  no: number
  line: RightsLine | null
  asset: FoundAsset | null
  complaints: Complaint[]
}
type Parsed = Omit<ReadRow, 'asset'> & {
  /** What the row calls its picture, where the row itself is not good. */
  called?: string
}

const batch = 1_000

/** A file's rows with their pictures, a thousand at a time: the length of a file is no matter of memory. */
export async function* readRows(
  ctx: Ctx<'db' | 'actor' | 'storage'>,
  file: { kind: ImportKind; storageKey: string },
  around: Around,
): AsyncGenerator<ReadRow[]> {
  const source = await ctx.storage.open(file.storageKey)
  const parsed = file.kind === 'ODRL' ? odrlLines(source, around) : tableLines(file.kind, csvRows(source), around)
  const known = new Map<string, FoundAsset[]>()
  const sales = new Map<string, number>()
  let waiting: Parsed[] = []
  for await (const row of parsed) {
    waiting.push(saidBefore(row, sales))
    if (waiting.length < batch) continue
    yield await withAssets(ctx, waiting, known)
    waiting = []
  }
  if (waiting.length > 0) yield await withAssets(ctx, waiting, known)
}

async function* tableLines(kind: TableKind, rows: ReturnType<typeof csvRows>, around: Around): AsyncGenerator<Parsed> {
  let names: string[] | undefined
  let seen = 0
  for await (const row of rows) {
    if ('broken' in row) {
      yield { no: row.no, line: null, complaints: [row.broken] }
      if (!names) return
      continue
    }
    if (!names) {
      const header = readHeader(kind, row.cells)
      if (!header.ok) {
        yield { no: row.no, line: null, complaints: header.complaints }
        return
      }
      names = header.names
      continue
    }
    if (++seen > limits.rows) {
      const message = `A file may hold ${limits.rows.toLocaleString('en-GB')} rows. Split this one and upload the parts.`
      yield { no: row.no, line: null, complaints: [{ column: 'A', value: '', message }] }
      return
    }
    yield readRow(kind, names, row, around)
  }
}

function readRow(kind: TableKind, names: string[], { no, cells }: { no: number; cells: string[] }, around: Around): Parsed {
  const extra = cells.slice(names.length)
  if (extra.some((cell) => cell.trim() !== '')) {
    const value = extra.join(' ').slice(0, 200)
    const message = `This row has ${cells.length} cells, the first row names ${names.length} columns. Put cells that hold commas in quotation marks.`
    return { no, line: null, complaints: [{ column: names.at(-1) ?? 'A', value, message }] }
  }
  const outcome = readLine(kind, new Map(names.map((name, i) => [name, cells[i] ?? ''])), around)
  if (outcome.ok) return { no, line: outcome.line, complaints: [] }
  // A row is told all that is wrong with it, its picture included.
  const called = outcome.complaints.some(({ column }) => column === 'asset') ? '' : (cells[names.indexOf('asset')] ?? '').trim()
  return { no, line: null, complaints: outcome.complaints, called }
}

/** A shop numbers its sales: the same number on two rows is one row too many. */
function saidBefore(row: Parsed, sales: Map<string, number>): Parsed {
  if (row.line?.kind !== 'SALES') return row
  const name = `${row.line.shop}\n${row.line.reference}`
  const first = sales.get(name)
  if (first === undefined) {
    sales.set(name, row.no)
    return row
  }
  const message = `Row ${first} has this number of ${row.line.shop} already. Delete one of the two.`
  return { no: row.no, line: null, complaints: [{ column: 'reference', value: row.line.reference, message }] }
}

async function withAssets(ctx: Ctx<'db' | 'actor'>, rows: readonly Parsed[], known: Map<string, FoundAsset[]>): Promise<ReadRow[]> {
  const names = rows.map(({ line, called }) => line?.asset ?? called ?? '')
  const wanted = [...new Set(names)].filter((name) => name !== '' && !known.has(name))
  if (wanted.length > 0) for (const [name, found] of await assetsCalled(ctx, wanted)) known.set(name, found)
  return rows.map(({ no, line, complaints }, i) => {
    const name = names[i] ?? ''
    if (name === '') return { no, line: null, asset: null, complaints }
    const [asset, another] = known.get(name) ?? []
    if (asset && !another) return { no, line, asset, complaints }
    const message = asset
      ? 'Several pictures are called so. Write the id of the one that is meant; it stands in the address of its page.'
      : 'There is no such picture in the library. Write its id, its exact title, or the name of its file.'
    return { no, line: null, asset: null, complaints: [{ column: 'asset', value: name.slice(0, 200), message }, ...complaints] }
  })
}

/** The house's pictures by id, title or file name, in any case. An id is never ambiguous: it wins over a title that reads like one. */
export async function assetsCalled(ctx: Ctx<'db' | 'actor'>, names: readonly string[]): Promise<Map<string, FoundAsset[]>> {
  const { houseId } = ctx.actor
  const wanted = Prisma.sql`unnest(${[...names]}::text[]) AS wanted (name)`
  const rows = await ctx.db.$queryRaw<(FoundAsset & { name: string; by: number })[]>`
    SELECT name, a.id, a.no, a.title, 1 AS by FROM ${wanted} JOIN assets a ON a.id = name AND a.house_id = ${houseId}
    UNION SELECT name, a.id, a.no, a.title, 2 FROM ${wanted} JOIN assets a ON a.house_id = ${houseId} AND md5(lower(a.title)) = md5(lower(name))
    UNION SELECT name, a.id, a.no, a.title, 2 FROM ${wanted}
      JOIN asset_versions v ON v.house_id = ${houseId} AND md5(lower(v.file_name)) = md5(lower(name)) JOIN assets a ON a.id = v.asset_id
    ORDER BY by, id`
  const found = new Map<string, FoundAsset[]>(names.map((name) => [name, []]))
  const byId = new Set(rows.flatMap(({ by, name }) => (by === 1 ? [name] : [])))
  for (const { name, by, id, no, title } of rows) {
    const list = found.get(name) ?? []
    if (by > 1 && (byId.has(name) || list.some((one) => one.id === id))) continue
    list.push({ id, no, title })
    found.set(name, list)
  }
  return found
}
