import { zoneOfHouse } from '../accounts/houses.ts'
import { byteOrderMark, csvLine } from '../compliance/rules/csv.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { ExportInput } from './export-schema.ts'
import { mustMay } from './policy.ts'
import { exportFiles } from './rules/export-kinds.ts'
import { headerOf, writeLine } from './rules/written.ts'
import { rowsFor, type RowsWanted } from './rows.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

/**
 * Rights as rows, as they were known at an instant, streamed by key: the length of a file is no matter of memory. What is
 * written here reads back to the same answers. That it left the house is written down first.
 */
export async function exportRights(ctx: Asking, input: ExportInput): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  mustMay(ctx.actor, 'see-exchange')
  const zone = await zoneOfHouse(ctx)
  const knownAt = input.knownAt ?? ctx.clock.now()
  const wanted: RowsWanted = { kind: input.kind, contract: input.contract ?? null, assetId: input.asset ?? null, knownAt }
  await inTransaction(ctx, (tx) =>
    record(tx, {
      type: 'rights.exported',
      subject: { kind: 'export', id: input.kind },
      data: { contract: wanted.contract, asset: wanted.assetId, knownAt: knownAt.toISOString(), format: 'csv' },
    }),
  )
  const { table, file } = exportFiles[input.kind]
  async function* chunks() {
    let text = byteOrderMark + csvLine(headerOf(table))
    for await (const { line, title } of rowsFor(ctx, wanted, zone)) {
      text += csvLine(writeLine(line, title))
      if (text.length > 60_000) {
        yield text
        text = ''
      }
    }
    yield text
  }
  return { name: `${file}-${knownAt.toISOString().slice(0, 10)}.csv`, chunks: chunks() }
}
