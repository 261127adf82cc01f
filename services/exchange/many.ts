import { record } from '../compliance/record.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { openContracts } from '../rights/contracts.ts'
import { lockAssets } from '../rights/locks.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { RecordForManyError } from './errors.ts'
import { mustMay } from './policy.ts'
import { assetsCalled } from './reading.ts'
import { openStage, stage, writeStage, type Written } from './staged.ts'

export const manyLimit = 2_000

export interface RecordForMany {
  contract: string
  licensor: string
  /** Ids, titles or file names, one a line. */
  pictures: string
  terms: ScopeTerms
  subLicensable: boolean
  /** What the contract gave for these pictures before ends in the same step. */
  replaces: boolean
}

/** Write down what a contract gives for many pictures at once: for all of them or, where one is not to be found, for none. */
export async function recordForMany(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { contract, licensor, pictures, terms, subLicensable, replaces }: RecordForMany,
): Promise<Result<Written, RecordForManyError>> {
  mustMay(ctx.actor, 'exchange')
  const names = [
    ...new Set(
      pictures
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ]
  if (names.length > manyLimit) return fail('too-many', { most: manyLimit })
  const called = await assetsCalled(ctx, names)
  const unknown = names.filter((name) => called.get(name)?.length !== 1)
  if (unknown.length > 0 || names.length === 0) return fail('unknown-pictures', { names: unknown.slice(0, 10), count: unknown.length })
  const assets = names.flatMap((name) => called.get(name) ?? [])
  const by = ctx.actor.kind === 'person' ? ctx.actor.userId : null
  const written = await inTransaction(ctx, async (tx) => {
    await lockAssets(
      tx,
      assets.map(({ no }) => no),
    )
    await openContracts(tx, [{ reference: contract, licensor }])
    await openStage(tx, 'ACQUISITIONS')
    await stage(
      tx,
      'ACQUISITIONS',
      assets.map((asset) => ({
        asset,
        line: { kind: 'ACQUISITIONS', asset: asset.id, contract, licensor, subLicensable, replaces, terms },
      })),
    )
    const counts = await writeStage(tx, 'ACQUISITIONS', by)
    await record(tx, {
      type: 'acquisitions.recorded',
      subject: { kind: 'contract', id: contract },
      data: { licensor, pictures: assets.length, ...counts },
    })
    return counts
  })
  return ok(written)
}
