import type { Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { SupersedeError } from './errors.ts'
import { endRow, recordRow } from './recording.ts'
import type { EndRow, ImposeRestriction } from './schema.ts'

/** Ban a scope, with the reason that every refusal will cite. Licences already sold are not touched by it. */
export async function imposeRestriction(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetId, kind, reason, reference, terms, replaces, proposal }: ImposeRestriction,
): Promise<Result<{ id: string }, SupersedeError>> {
  return recordRow(ctx, {
    table: 'restrictions',
    assetId,
    terms,
    replaces,
    proposal,
    columns: { kind: Prisma.sql`${kind}::restriction_kind`, reason: Prisma.sql`${reason}`, reference: Prisma.sql`${reference ?? null}` },
    fact: { type: 'restriction.imposed', data: { kind, reason, reference: reference ?? null } },
  })
}

/** The ban is over. */
export async function liftRestriction(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  input: EndRow,
): Promise<Result<{ assetId: string }, SupersedeError>> {
  return endRow(ctx, 'restrictions', input, 'restriction.lifted')
}
