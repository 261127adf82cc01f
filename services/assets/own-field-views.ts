import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { may, mayKeepSchemas } from './policy.ts'
import { assetKinds, type AssetKind } from './rules/asset-words.ts'
import type { OwnValue } from './rules/own-fields.ts'
import { termsNamed } from './schemas.ts'
import { namesOf } from './views.ts'

type Reading = Ctx<'db' | 'actor'>
function seeing(ctx: Ctx<'actor'>): string {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'schemas')
  return ctx.actor.houseId
}

const fieldSelect = {
  id: true,
  code: true,
  kinds: true,
  type: true,
  label: true,
  labelDe: true,
  help: true,
  vocabularyId: true,
  need: true,
  section: true,
  position: true,
  preset: true,
  outside: true,
  searchable: true,
  retiredAt: true,
  vocabulary: { select: { name: true } },
} satisfies Prisma.OwnFieldSelect

const versionsShown = 20

/** The fields of each kind of asset, those that are retired, and what was changed before. */
export async function schemaPage(ctx: Reading, kind: AssetKind | undefined) {
  const houseId = seeing(ctx)
  const [fields, schema, versions, assets] = await Promise.all([
    ctx.db.ownField.findMany({ where: { houseId }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: fieldSelect }),
    ctx.db.assetSchema.findUnique({ where: { houseId }, select: { version: true } }),
    ctx.db.assetSchemaVersion.findMany({
      where: { houseId },
      orderBy: { version: 'desc' },
      take: versionsShown,
      select: { version: true, at: true, byId: true, note: true },
    }),
    ctx.db.asset.groupBy({ by: ['kind'], where: { houseId }, _count: true }),
  ])
  const names = await namesOf(
    ctx,
    versions.map(({ byId }) => byId),
  )
  const of = (one: AssetKind) => fields.filter(({ kinds, retiredAt }) => retiredAt === null && kinds.includes(one)).length
  const shown = fields.filter(({ kinds }) => kind === undefined || kinds.includes(kind))
  return {
    version: schema?.version ?? 0,
    fields: shown.filter(({ retiredAt }) => retiredAt === null),
    retired: shown.filter(({ retiredAt }) => retiredAt !== null),
    kinds: assetKinds.map((one) => ({ kind: one, fields: of(one), assets: assets.find((row) => row.kind === one)?._count ?? 0 })),
    versions: versions.map(({ byId, ...version }) => ({ ...version, by: byId ? (names.get(byId) ?? 'Somebody') : 'The house' })),
    mayKeep: mayKeepSchemas(ctx.actor),
  }
}

/** One field, or the form of a new one: with the vocabularies to choose from and how many records hold it. */
export async function fieldPage(ctx: Reading, fieldId: string | null) {
  const houseId = seeing(ctx)
  if (!mayKeepSchemas(ctx.actor)) throw new Refusal('forbidden', 'schemas')
  const [field, schema, vocabularies] = await Promise.all([
    fieldId ? ctx.db.ownField.findFirst({ where: { id: fieldId, houseId }, select: fieldSelect }) : null,
    ctx.db.assetSchema.findUnique({ where: { houseId }, select: { version: true } }),
    ctx.db.vocabulary.findMany({ where: { houseId }, orderBy: { name: 'asc' }, select: { id: true, name: true, tree: true } }),
  ])
  if (fieldId && !field) throw new Refusal('not-found', `no field ${fieldId}`)
  const [used] = field
    ? await ctx.db.$queryRaw<
        { used: number }[]
      >`SELECT count(*)::int AS used FROM assets WHERE house_id = ${houseId} AND custom_fields ? ${field.id}`
    : [{ used: 0 }]
  const preset = (field?.preset ?? null) as OwnValue | null
  const terms = Array.isArray(preset) ? await termsNamed(ctx, [{ preset }]) : []
  const presetWords = Array.isArray(preset)
    ? terms.map(({ code }) => code).join(', ')
    : preset === true
      ? 'yes'
      : preset === false
        ? 'no'
        : String(preset ?? '')
  return { field: field && { ...field, presetWords }, version: schema?.version ?? 0, vocabularies, used: used?.used ?? 0 }
}
