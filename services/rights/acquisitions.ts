import type { Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { SupersedeError } from './errors.ts'
import { endRow, recordRow } from './recording.ts'
import type { AddAcquisition, EndRow } from './schema.ts'

/** Write down what a source contract gives us; with `replaces`, a later reading of the same contract. */
export async function addAcquisition(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetId, contract, licensor, terms, subLicensable, replaces, proposal }: AddAcquisition,
): Promise<Result<{ id: string }, SupersedeError>> {
  return recordRow(ctx, {
    table: 'acquisitions',
    assetId,
    terms,
    replaces,
    proposal,
    contract: { reference: contract, licensor },
    columns: {
      contract: Prisma.sql`${contract}`,
      licensor: Prisma.sql`${licensor}`,
      sub_licensable: Prisma.sql`${subLicensable}`,
      exclusive: Prisma.sql`${terms.exclusive}`,
    },
    fact: { type: 'acquisition.recorded', data: { contract, licensor, subLicensable } },
  })
}

/** A contract gives us nothing any more. Licences sold under it stay in force; the desk lists them as outside what is held. */
export async function endAcquisition(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  input: EndRow,
): Promise<Result<{ assetId: string }, SupersedeError>> {
  return endRow(ctx, 'acquisitions', input, 'acquisition.ended')
}
