import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { addArrivals, placeFile, type Arrival, type Placed } from '../assets/arrivals.ts'
import { may } from '../assets/policy.ts'
import type { Description } from '../assets/rules/description.ts'
import { termFinder } from '../assets/rules/own-fields.ts'
import { ownFields, termsOfVocabularies } from '../assets/schemas.ts'
import { headSize, secondNature, sniff, tailSize, limitWords, uploadLimit } from '../assets/rules/file-types.ts'
import { csvRows } from '../exchange/csv-rows.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { fileIn, filesIn, sidecarOf } from './folder.ts'
import { lanes } from './lanes.ts'
import { readHeader, readRow, type OwnColumn, type OwnColumns, type SidecarColumn } from './rules/sidecar.ts'

export type Outcome = 'TAKEN' | 'DUPLICATE' | 'REFUSED' | 'MISSING' | 'FAILED'
/** What became of one file; `before`: in an earlier run of this import. */
export interface Line {
  file: string
  rowNo: number | null
  outcome: Outcome
  problem: string | null
  assetId: string | null
  before: boolean
}
export interface ImportFolder {
  folder: string
  /** A CSV file that describes the files by their paths. */
  sidecar?: string | undefined
  /** Look at everything, write nothing. */
  dryRun?: boolean
  /** Hears of each file as soon as it is known what became of it. */
  told: (line: Line) => void
}
export type Counts = Record<Outcome, number> & { before: number }
type ImportCtx = Ctx<'db' | 'clock' | 'actor' | 'storage'>

/** Files on their way at once: enough to keep disk and database busy, few enough to leave the house to its visitors. */
const width = 6

interface Wanted {
  file: string
  rowNo: number | null
  described: Description
  /** Found wrong before the file was looked at. */
  problem?: string
}

/**
 * Bring a folder into the library, each file with its row of the sidecar in one transaction. Stopped at any moment, it goes on
 * where it was when it is asked for the same folder again: what was taken in is not looked at twice, what failed is tried anew.
 */
export async function importFolder(ctx: ImportCtx, input: ImportFolder): Promise<Result<Counts, 'sidecar-unreadable'>> {
  if (!may(ctx.actor, 'upload')) throw new Refusal('forbidden', 'import')
  const own = input.sidecar ? await ownColumnsOf(ctx) : { fields: [], find: () => undefined }
  const rows = await rowsOf(input.sidecar, own)
  if (!rows.ok) return rows
  const folder = path.resolve(input.folder)
  const importId = input.dryRun ? null : await openImport(ctx, folder, input.sidecar)
  const done = importId ? await doneBefore(ctx, importId) : new Map<string, Line>()
  const counts: Counts = { TAKEN: 0, DUPLICATE: 0, REFUSED: 0, MISSING: 0, FAILED: 0, before: 0 }
  const tell = (line: Line) => {
    counts[line.outcome]++
    if (line.before) counts.before++
    input.told(line)
  }
  // A sidecar that lies beside its pictures is none of them.
  const seen = new Set<string>(input.sidecar ? [path.relative(folder, path.resolve(input.sidecar)).replaceAll(path.sep, '/')] : [])
  const arrivals = new Arrivals(ctx, importId ?? '', tell)
  await lanes(width, wantedFiles(rows.value, folder, seen), async (wanted) => {
    const known = done.get(wanted.file)
    const line = known ?? (importId ? await takeIn(ctx, importId, folder, wanted, arrivals) : await lookAt(ctx, folder, wanted))
    if (line) tell(line)
  })
  await arrivals.flush()
  if (importId) await closeImport(ctx, importId, counts)
  return ok(counts)
}

type Rows = AsyncGenerator<{ no: number; file: string; described: Description; problem?: string }>

/** The sidecar's rows as they are read. What is wrong with its header is wrong with all of it. */
async function rowsOf(sidecar: string | undefined, own: OwnColumns): Promise<Result<Rows, 'sidecar-unreadable'>> {
  if (!sidecar) return ok((async function* () {})())
  const rows = csvRows(createReadStream(sidecar))
  const first = await rows.next()
  if (first.done) return fail('sidecar-unreadable', { problems: ['The file is empty.'] })
  if ('broken' in first.value) return fail('sidecar-unreadable', { problems: [first.value.broken.message] })
  const header = readHeader(first.value.cells, own)
  return header.ok ? ok(described(rows, header.columns, own)) : fail('sidecar-unreadable', { problems: header.problems })
}

/** The house's own fields and the terms that they choose from: read once for a whole file. */
async function ownColumnsOf(ctx: Ctx<'db' | 'actor'>): Promise<OwnColumns> {
  const fields = await ownFields(ctx, ctx.actor.houseId)
  const terms = await termsOfVocabularies(
    ctx,
    fields.map(({ vocabularyId }) => vocabularyId),
  )
  return { fields, find: termFinder(terms) }
}

async function* described(rows: ReturnType<typeof csvRows>, columns: (SidecarColumn | OwnColumn | null)[], own: OwnColumns): Rows {
  for await (const row of rows) {
    if ('broken' in row) {
      yield { no: row.no, file: '', described: {}, problem: row.broken.message }
      continue
    }
    const read = readRow(row.no, columns, row.cells, own)
    yield 'described' in read
      ? read
      : {
          no: row.no,
          file: read.file,
          described: {},
          problem: read.complaints.map(({ column, message }) => `${column}: ${message}`).join(' '),
        }
  }
}

/** First what the sidecar names, then what else lies in the folder: a file without a row is a file all the same. */
async function* wantedFiles(rows: Rows, folder: string, seen: Set<string>): AsyncGenerator<Wanted> {
  for await (const { no, file, described: words, problem } of rows) {
    const name = file || `row ${no}`
    const twice = seen.has(name) ? 'An earlier row names the same file. Keep one of them.' : undefined
    seen.add(name)
    const wrong = problem ?? twice
    yield { file: twice ? `${name} (row ${no})` : name, rowNo: no, described: words, ...(wrong ? { problem: wrong } : {}) }
  }
  for await (const file of filesIn(folder)) if (!seen.has(file)) yield { file, rowNo: null, described: {} }
}

async function openImport(ctx: ImportCtx, folder: string, sidecar: string | undefined): Promise<string> {
  const { houseId } = ctx.actor
  const open = await ctx.db.folderImport.findFirst({ where: { houseId, folder, endedAt: null }, select: { id: true } })
  if (open) return open.id
  const at = ctx.clock.now()
  const id = newId('fim', at)
  const startedById = ctx.actor.kind === 'person' ? ctx.actor.userId : null
  const { count } = await ctx.db.folderImport.createMany({
    data: { id, houseId, folder, sidecar: sidecar ? path.basename(sidecar) : null, startedById, startedAt: at },
    skipDuplicates: true,
  })
  // Somebody else began with this folder at this moment: one goes on with theirs.
  return count === 1 ? id : openImport(ctx, folder, sidecar)
}

/** What is in the library for good. What was refused, missing or failed may have been mended meanwhile. */
async function doneBefore(ctx: ImportCtx, importId: string): Promise<Map<string, Line>> {
  const files = await ctx.db.folderFile.findMany({
    where: { importId, outcome: { in: ['TAKEN', 'DUPLICATE'] } },
    select: { path: true, rowNo: true, outcome: true, assetId: true },
  })
  return new Map(files.map(({ path: file, ...line }) => [file, { ...line, file, problem: null, before: true }]))
}

async function closeImport(ctx: ImportCtx, importId: string, counts: Counts): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // With something left to mend it stays open, and the next call goes on with it.
    const whole = counts.FAILED + counts.MISSING + counts.REFUSED === 0
    if (whole) await tx.db.folderImport.update({ where: { id: importId }, data: { endedAt: tx.clock.now() } })
    await record(tx, { type: 'folder.imported', subject: { kind: 'folder-import', id: importId }, data: { ...counts, whole } })
  })
}

/** So many files in one transaction: its commit costs the same for one as for all of them. */
const together = 64

type Ready = Placed & { described: Description; wanted: Wanted }

/** Gathers files whose bytes are in place, and makes the rows of many at once. */
class Arrivals {
  #ready: Ready[] = []
  #writing: Promise<void> = Promise.resolve()
  constructor(
    private readonly ctx: ImportCtx,
    private readonly importId: string,
    private readonly tell: (line: Line) => void,
  ) {}

  async add(one: Ready): Promise<void> {
    this.#ready.push(one)
    if (this.#ready.length >= together) await this.flush()
  }

  /** One transaction after another: two at once would only wait for each other's links in the chain of facts. */
  flush(): Promise<void> {
    const batch = this.#ready
    this.#ready = []
    this.#writing = this.#writing.then(() => this.#write(batch))
    return this.#writing
  }

  async #write(batch: Ready[]): Promise<void> {
    if (batch.length === 0) return
    const lines = await inTransaction(this.ctx, async (tx) => {
      const arrivals = await addArrivals(
        tx,
        batch.map(({ wanted: _wanted, ...file }) => file),
      )
      const made = batch.map(({ wanted }, index) => {
        const { assetId, taken } = arrivals[index] as Arrival
        return lineOf(wanted, taken ? 'TAKEN' : 'DUPLICATE', null, assetId)
      })
      await keepLines(tx, this.importId, made)
      return made
    })
    lines.forEach(this.tell)
  }
}

const lineOf = ({ file, rowNo }: Wanted, outcome: Outcome, problem: string | null, assetId: string | null = null): Line => ({
  file,
  rowNo,
  outcome,
  problem,
  assetId,
  before: false,
})

/** A file's bytes into their place, its rows with the next ones; or its line, where it cannot be taken in. */
async function takeIn(ctx: ImportCtx, importId: string, folder: string, wanted: Wanted, arrivals: Arrivals): Promise<Line | null> {
  const note = async (outcome: Outcome, problem: string): Promise<Line> => {
    const line = lineOf(wanted, outcome, problem)
    await keepLines(ctx, importId, [line])
    return line
  }
  if (wanted.problem) return note('REFUSED', wanted.problem)
  const found = await fileIn(folder, wanted.file)
  if (!found) return note('MISSING', 'There is no such file in the folder.')
  const placed = await place(ctx, wanted, found).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  if (typeof placed === 'string') return note('FAILED', `${placed} Run the import again.`)
  if (!placed.ok) return note('REFUSED', refusals[placed.error](placed.detail))
  await arrivals.add({ ...placed.value, described: wanted.described, wanted, sidecar: await sidecarOf(folder, wanted.file) })
  return null
}

async function place(ctx: ImportCtx, { file }: Wanted, { at, size }: { at: string; size: number }) {
  if (size > uploadLimit) return fail('too-large', { limit: uploadLimit })
  return placeFile(ctx, { fileName: path.basename(file), source: createReadStream(at, { highWaterMark: 1 << 20 }) })
}

const refusals: Record<'too-large' | 'refused-type', (detail: unknown) => string> = {
  'too-large': () => `The file is larger than ${limitWords(uploadLimit)}.`,
  'refused-type': (detail) => `This is ${(detail as { what: string }).what}.`,
}

/** What was taken in stays so, whatever a second run, which finds it there, makes of it. */
async function keepLines(ctx: Ctx<'db' | 'clock'>, importId: string, lines: readonly Line[]): Promise<void> {
  const rows = lines.map(({ file, rowNo, outcome, problem, assetId }) => ({
    path: file,
    row_no: rowNo,
    outcome,
    problem,
    asset_id: assetId,
  }))
  await ctx.db.$executeRaw`
    INSERT INTO folder_files (import_id, path, row_no, outcome, problem, asset_id, at)
    SELECT ${importId}, path, row_no, outcome, problem, asset_id, ${ctx.clock.now()}
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS line(path text, row_no int, outcome intake_outcome, problem text, asset_id text)
    ON CONFLICT (import_id, path) DO UPDATE
      SET row_no = EXCLUDED.row_no, outcome = EXCLUDED.outcome, problem = EXCLUDED.problem, asset_id = EXCLUDED.asset_id, at = EXCLUDED.at
      WHERE folder_files.outcome <> 'TAKEN'`
}

/** What would become of a file. Reads and hashes it, writes nothing. */
async function lookAt(ctx: ImportCtx, folder: string, wanted: Wanted): Promise<Line> {
  const line = (outcome: Outcome, problem: string | null, assetId: string | null = null) => lineOf(wanted, outcome, problem, assetId)
  if (wanted.problem) return line('REFUSED', wanted.problem)
  const found = await fileIn(folder, wanted.file)
  if (!found) return line('MISSING', 'There is no such file in the folder.')
  if (found.size > uploadLimit) return line('REFUSED', refusals['too-large'](null))
  const { sha256, head, tail } = await contentOf(found.at)
  const kind = sniff(head)
  if (!kind.accepted) return line('REFUSED', refusals['refused-type']({ what: kind.what }))
  const also = secondNature(kind.mediaType, head, tail)
  if (also) return line('REFUSED', refusals['refused-type']({ what: `a picture that is also ${also}` }))
  const twin = await ctx.db.assetVersion.findFirst({
    where: { houseId: ctx.actor.houseId, sha256, processing: { not: 'REJECTED' } },
    select: { assetId: true },
  })
  return twin ? line('DUPLICATE', null, twin.assetId) : line('TAKEN', null)
}

async function contentOf(file: string): Promise<{ sha256: string; head: Buffer; tail: Buffer }> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let tail = Buffer.alloc(0)
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      hash.update(chunk)
      if (head.length < headSize) head = Buffer.concat([head, chunk]).subarray(0, headSize)
      tail = Buffer.concat([tail, chunk]).subarray(-tailSize)
    }
  })
  return { sha256: hash.digest('hex'), head, tail }
}
