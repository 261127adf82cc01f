import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import type { AssetKind } from './rules/asset-words.ts'
import type { OwnValue, OwnValues, Schema, SchemaField, Term } from './rules/own-fields.ts'

type Reading = Ctx<'db' | 'actor'>

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
} satisfies Prisma.OwnFieldSelect

/** The house's own fields that are in use, in the order in which forms ask for them. */
export async function ownFields(ctx: Ctx<'db'>, houseId: string): Promise<SchemaField[]> {
  const rows = await ctx.db.ownField.findMany({
    where: { houseId, retiredAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: fieldSelect,
  })
  return rows.map(({ preset, ...field }) => ({ ...field, preset: preset as OwnValue | null }))
}

/** The fields that an asset of this kind has, as they stand. */
export async function schemaOf(ctx: Reading, kind: AssetKind): Promise<Schema> {
  const { houseId } = ctx.actor
  const [fields, version] = await Promise.all([
    ownFields(ctx, houseId),
    ctx.db.assetSchema.findUnique({ where: { houseId }, select: { version: true } }),
  ])
  return { version: version?.version ?? 0, fields: fieldsOfKind(fields, kind) }
}

export const fieldsOfKind = (fields: readonly SchemaField[], kind: AssetKind): SchemaField[] =>
  fields.filter(({ kinds }) => kinds.includes(kind))

/** An asset's own values as the database hands them over: only what passed `readValue` was ever written there. */
export const ownValues = (customFields: unknown): OwnValues => (customFields ?? {}) as OwnValues

const termSelect = {
  id: true,
  vocabularyId: true,
  code: true,
  label: true,
  labelDe: true,
  altLabels: true,
  broaderId: true,
  retiredAt: true,
  replacedById: true,
} satisfies Prisma.VocabularyTermSelect

const termOf = ({ retiredAt, ...term }: Prisma.VocabularyTermGetPayload<{ select: typeof termSelect }>): Term => ({
  ...term,
  retired: retiredAt !== null,
})

/** Every term of these vocabularies, retired ones too: records may still speak of them. */
export async function termsOfVocabularies(ctx: Reading, ids: readonly (string | null)[]): Promise<Term[]> {
  const vocabularyIds = [...new Set(ids.filter((id) => id !== null))]
  if (vocabularyIds.length === 0) return []
  const rows = await ctx.db.vocabularyTerm.findMany({
    where: { houseId: ctx.actor.houseId, vocabularyId: { in: vocabularyIds } },
    orderBy: [{ label: 'asc' }, { id: 'asc' }],
    select: termSelect,
  })
  return rows.map(termOf)
}

/** The terms that some records' values speak of. */
export async function termsNamed(ctx: Reading, values: readonly OwnValues[]): Promise<Term[]> {
  const ids = [...new Set(values.flatMap((one) => Object.values(one).flatMap((value) => (Array.isArray(value) ? value : []))))]
  if (ids.length === 0) return []
  const rows = await ctx.db.vocabularyTerm.findMany({ where: { houseId: ctx.actor.houseId, id: { in: ids } }, select: termSelect })
  return rows.map(termOf)
}
