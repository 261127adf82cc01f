import { record } from '../compliance/record.ts'
import { hasStaffRole } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { LicenceModel } from './rules/models.ts'

export interface PublishTerms {
  model: LicenceModel
  title: string
  body: string
}

/** Make a new version of the text that licences of a model are granted under. Old versions stay: licences name their hash. */
export async function publishTerms(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { model, title, body }: PublishTerms,
): Promise<Result<{ id: string; version: number }>> {
  const { actor } = ctx
  if (actor.kind !== 'system' && !hasStaffRole(actor, 'RIGHTS_MANAGER')) throw new Refusal('forbidden', 'publish terms')
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${actor.houseId} FOR NO KEY UPDATE`
    const last = await tx.db.termsTemplate.findFirst({
      where: { houseId: actor.houseId, model },
      orderBy: { version: 'desc' },
      select: { version: true },
    })
    const id = newId('tpl', at)
    const version = (last?.version ?? 0) + 1
    const hash = sha256(body)
    await tx.db.termsTemplate.create({
      data: { id, houseId: actor.houseId, model, version, title, body, sha256: hash, effectiveFrom: at, createdAt: at },
    })
    await record(tx, { type: 'terms.published', subject: { kind: 'terms-template', id }, data: { model, version, title, sha256: hash } })
    return ok({ id, version })
  })
}

/** The text in effect for a model; null for a house that has none. */
export const currentTerms = (ctx: Ctx<'db' | 'clock' | 'actor'>, model: LicenceModel) =>
  ctx.db.termsTemplate.findFirst({
    where: { houseId: ctx.actor.houseId, model, effectiveFrom: { lte: ctx.clock.now() } },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, title: true, sha256: true },
  })

/** The texts in effect for all models, in one query. */
export async function termsByModel(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
): Promise<Map<LicenceModel, { id: string; version: number; title: string; sha256: string }>> {
  const rows = await ctx.db.termsTemplate.findMany({
    where: { houseId: ctx.actor.houseId, effectiveFrom: { lte: ctx.clock.now() } },
    distinct: ['model'],
    orderBy: [{ model: 'asc' }, { version: 'desc' }],
    select: { id: true, model: true, version: true, title: true, sha256: true },
  })
  return new Map(rows.map(({ model, ...text }) => [model, text]))
}
