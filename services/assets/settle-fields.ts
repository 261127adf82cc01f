import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Json } from '../kernel/canonical.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { SettleFieldsError } from './errors.ts'
import { written } from './file-metadata.ts'
import { lockAsset } from './lock.ts'
import { may } from './policy.ts'
import { closedToEdits } from './rules/asset-states.ts'
import { besideFile, takeFromFile, type FieldsOnRecord } from './rules/metadata-fields.ts'
import { valuesOf } from './rules/metadata-values.ts'
import type { SettleFields } from './schema.ts'

/**
 * Where record and file say different things, a person decides: field by field, or all at once, the file's word is taken
 * over or the record's stands. Taking over never empties a field, so what is published stays fit to be seen.
 */
export async function settleFields(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { assetId, seenAt, choice, verb }: SettleFields,
): Promise<Result<{ taken: string[]; kept: string[] }, SettleFieldsError>> {
  return inTransaction(ctx, async (tx) => {
    const asset = await lockAsset(tx, assetId)
    if (!may(tx.actor, 'edit', asset)) throw new Refusal('forbidden', 'settle fields')
    if (closedToEdits.includes(asset.state)) return fail('asset-archived')
    if (asset.changedAt.toISOString() !== seenAt) return fail('changed-meanwhile')
    const version = asset.currentVersionId
      ? await tx.db.assetVersion.findUnique({
          where: { id: asset.currentVersionId },
          select: { id: true, embedded: true, fileMetadata: { select: { keptFields: true } } },
        })
      : null
    if (!version?.fileMetadata) return fail('no-file-read')

    const file = valuesOf(version.embedded)
    const before = version.fileMetadata.keptFields
    const rows = besideFile(asset, file).filter(({ takeable }) => takeable)
    const conflicts = rows.filter(({ field, conflict }) => conflict && !before.includes(field)).map(({ field }) => field)
    const open = rows.filter(({ standing }) => standing === 'conflict' || standing === 'only-file').map(({ field }) => field)
    const chosen = (said: 'take' | 'keep') => open.filter((field) => choice[field] === said)
    const take = verb === 'take-all' ? conflicts : verb === 'keep-all' ? [] : chosen('take')
    const keep = verb === 'keep-all' ? conflicts : verb === 'take-all' ? [] : chosen('keep')
    if (take.length + keep.length === 0) return fail('nothing-chosen')

    let next: FieldsOnRecord = asset
    for (const field of take) next = { ...next, ...takeFromFile(next, file, field) }
    const { title, description, altText, keywords, creator, creditLine, copyrightNotice, source, dateCreated, digitalSourceType } = next
    const columns = { title, description, altText, keywords, creator, creditLine, copyrightNotice, source, dateCreated, digitalSourceType }
    await tx.db.asset.update({
      where: { id: assetId },
      data: { ...written({ ...columns, iptc: valuesOf(next.iptc) }), changedAt: tx.clock.now() },
    })
    const stands = [...new Set([...before.filter((field) => !take.includes(field)), ...keep])]
    await tx.db.fileMetadata.update({ where: { versionId: version.id }, data: { keptFields: stands } })
    const changes = Object.fromEntries(
      rows
        .filter(({ field }) => take.includes(field))
        .map(({ field, record: from, file: to }): [string, Json] => [field, { from: from.slice(0, 300), to: to.slice(0, 300) }]),
    )
    await record(tx, {
      type: 'asset.fields-settled',
      subject: { kind: 'asset', id: assetId },
      data: { versionId: version.id, changes, kept: keep },
    })
    return ok({ taken: take, kept: keep })
  })
}
