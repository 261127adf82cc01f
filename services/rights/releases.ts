import type { Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { SupersedeError } from './errors.ts'
import { recordRow } from './recording.ts'
import { industries } from './rules/vocabulary/industries.ts'
import type { AddRelease } from './schema.ts'

/**
 * Write down a person's or owner's consent: unlimited, limited to its scope, refused, not needed, or withdrawn. A
 * consent covers AI and sensitive industries only where it says so. A
 * withdrawal is a row that replaces the consent: from its first day it bars every use.
 */
export async function addRelease(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetId, kind, status, reference, terms, replaces, proposal, minor = false, guardian, aiUses = false, sensitive = [] }: AddRelease,
): Promise<Result<{ id: string }, SupersedeError>> {
  const signer = (minor && guardian) || null
  return recordRow(ctx, {
    table: 'releases',
    assetId,
    terms,
    replaces,
    proposal,
    columns: {
      kind: Prisma.sql`${kind}::release_kind`,
      status: Prisma.sql`${status}::release_status`,
      reference: Prisma.sql`${reference}`,
      minor: Prisma.sql`${minor}`,
      guardian: Prisma.sql`${signer}`,
      ai_uses: Prisma.sql`${aiUses}`,
      sensitive_set: Prisma.sql`${industries.resolve(sensitive).toPostgres()}::int4multirange`,
    },
    fact: {
      type: status === 'WITHDRAWN' ? 'release.withdrawn' : 'release.recorded',
      data: { kind, status, reference, minor, guardian: signer, aiUses, sensitive },
    },
  })
}
