import { PassThrough, type Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { ReportContent } from './pdf.ts'
import { ReportSheet } from './report-sheet.ts'

/** Above this many rows a report is set in Helvetica (embedded fonts: 815 MB for 100,000 rows; so: 145 MB) and its pages leave memory as they fill. */
const mostBeautifulRows = 2_000
/** No more than this waits unread before the next page is drawn: a slow reader slows the query, not the memory. */
const mostWaiting = 512 * 1024

/** Whether the iteration still has rows after `most`: it decides how the report is set. */
async function takeFirst(rows: AsyncIterator<string[]>, most: number): Promise<{ first: string[][]; more: boolean }> {
  const first: string[][] = []
  while (first.length <= most) {
    const next = await rows.next()
    if (next.done) return { first, more: false }
    first.push(next.value)
  }
  return { first, more: true }
}

async function draw(content: ReportContent, out: PassThrough): Promise<void> {
  const rows = content.rows[Symbol.asyncIterator]()
  try {
    const { first, more } = await takeFirst(rows, mostBeautifulRows)
    const sheet = new ReportSheet(content, more)
    sheet.doc.on('data', (chunk: Buffer) => out.write(chunk))
    const ended = new Promise<void>((resolve) => sheet.doc.on('end', resolve))
    sheet.opening()
    if (sheet.root) {
      sheet.table = sheet.doc.struct('Table')
      sheet.root.add(sheet.table)
    }
    sheet.headRow()
    let count = 0
    const add = async (row: string[]): Promise<void> => {
      count++
      if (!sheet.row(row)) return
      await setImmediate() // rows that are already here would otherwise keep the streams from ever moving
      while (out.writableLength > mostWaiting && !out.destroyed)
        await new Promise((resolve) => out.once('drain', resolve).once('close', resolve))
      if (out.destroyed) throw new Error('the reader has gone')
    }
    for (const row of first) await add(row)
    if (more) for (let next = await rows.next(); !next.done; next = await rows.next()) await add(next.value)
    sheet.finish(count)
    await ended
    out.end()
  } finally {
    await rows.return?.()
  }
}

/** A report as a stream of PDF: rows are asked for as pages are read, and the query ends when the reader leaves. */
export function streamReport(content: ReportContent): Readable {
  const out = new PassThrough({ highWaterMark: mostWaiting })
  draw(content, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}
