import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { enqueueReword } from './jobs.ts'
import { mayKeepSchemas } from './policy.ts'
import { mayBecome, readValue, termFinder, type OwnFieldType } from './rules/own-fields.ts'
import { ownFields, termsOfVocabularies } from './schemas.ts'
import type { SaveField } from './vocabulary-schema.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
export type SaveFieldError =
  'changed-meanwhile' | 'code-taken' | 'type-in-use' | 'vocabulary-in-use' | 'no-vocabulary' | 'bad-preset' | 'leaves-incomplete'

/** What a field would leave incomplete: how many in all, by what they are, and the first of them. */
export interface Incomplete {
  count: number
  published: number
  first: { id: string; title: string; state: string }[]
}

function keeping(ctx: Ctx<'actor'>): string {
  if (!mayKeepSchemas(ctx.actor)) throw new Refusal('forbidden', 'keep schemas')
  return ctx.actor.houseId
}

/** The schema is changed by one at a time; who looked at an older version of it looks again. */
async function holdSchema(tx: Tx, houseId: string, seenVersion: number): Promise<boolean> {
  await tx.db.assetSchema.createMany({ data: { houseId, version: 0, changedAt: tx.clock.now() }, skipDuplicates: true })
  const [row] = await tx.db.$queryRaw<{ version: number }[]>`SELECT version FROM asset_schemas WHERE house_id = ${houseId} FOR UPDATE`
  return row?.version === seenVersion
}

async function nextVersion(tx: Tx, houseId: string, seenVersion: number): Promise<number> {
  const version = seenVersion + 1
  await tx.db.assetSchema.update({ where: { houseId }, data: { version, changedAt: tx.clock.now() } })
  return version
}

async function keepVersion(tx: Tx, houseId: string, version: number, note: string): Promise<void> {
  const fields = await ownFields(tx, houseId)
  const byId = isPerson(tx.actor) ? tx.actor.userId : null
  await tx.db.assetSchemaVersion.create({
    data: { houseId, version, at: tx.clock.now(), byId, note, fields: fields as unknown as Prisma.InputJsonValue },
  })
}

/** Which assets lack a value that they would need from now on. The archive and the bin are left alone. */
export async function leftIncomplete(
  ctx: Ctx<'db' | 'actor'>,
  { fieldId, kinds }: { fieldId: string | null; kinds: readonly string[] },
): Promise<Incomplete> {
  const houseId = keeping(ctx)
  const lacking = Prisma.sql`house_id = ${houseId} AND kind = ANY(${[...kinds]}::asset_kind[]) AND state::text NOT IN ('ARCHIVED', 'DELETED')
    ${fieldId ? Prisma.sql`AND NOT custom_fields ? ${fieldId}` : Prisma.empty}`
  const [counts] = await ctx.db.$queryRaw<{ count: number; published: number }[]>`
    SELECT count(*)::int AS count, count(*) FILTER (WHERE state = 'PUBLISHED')::int AS published FROM assets WHERE ${lacking}`
  const first = await ctx.db.$queryRaw<Incomplete['first']>`
    SELECT id, title, state::text AS state FROM assets WHERE ${lacking} ORDER BY (state = 'PUBLISHED') DESC, changed_at DESC, id LIMIT 20`
  return { count: counts?.count ?? 0, published: counts?.published ?? 0, first }
}

/**
 * A new field, or another shape of one. Values are never touched: a kind of value changes only where every value stays good as
 * it is, and what a new demand would leave incomplete is told first.
 */
export async function saveField(ctx: Tx, input: SaveField): Promise<Result<{ fieldId: string; version: number }, SaveFieldError>> {
  const houseId = keeping(ctx)
  const { fieldId, seenVersion, seen, preset: written, ...field } = input
  return inTransaction(ctx, async (tx): Promise<Result<{ fieldId: string; version: number }, SaveFieldError>> => {
    if (!(await holdSchema(tx, houseId, seenVersion))) return fail('changed-meanwhile')
    const was = fieldId ? await tx.db.ownField.findFirst({ where: { id: fieldId, houseId } }) : null
    if (fieldId && !was) throw new Refusal('not-found', `no field ${fieldId}`)
    const chooses = field.type === 'CHOICE' || field.type === 'CHOICES'
    const vocabularyId = chooses ? field.vocabularyId : null
    if (chooses && !(await tx.db.vocabulary.findFirst({ where: { id: vocabularyId ?? '', houseId }, select: { id: true } })))
      return fail('no-vocabulary')
    if (was) {
      const used = await isUsed(tx, houseId, was.id)
      if (used > 0 && !mayBecome(was.type, field.type)) return fail('type-in-use', { used })
      if (used > 0 && was.vocabularyId !== vocabularyId) return fail('vocabulary-in-use', { used })
    }
    const preset = await presetOf(tx, { type: field.type, vocabularyId }, written)
    if ('problem' in preset) return fail('bad-preset', preset.problem)
    const asksMore = field.need !== 'NEVER' && (!was || was.need === 'NEVER' || field.kinds.some((kind) => !was.kinds.includes(kind)))
    if (asksMore && !seen) {
      const incomplete = await leftIncomplete(tx, { fieldId: was?.id ?? null, kinds: field.kinds })
      if (incomplete.count > 0) return fail('leaves-incomplete', incomplete)
    }
    if (await tx.db.ownField.count({ where: { houseId, code: field.code, ...(was && { id: { not: was.id } }) } })) return fail('code-taken')
    const version = await nextVersion(tx, houseId, seenVersion)
    const at = tx.clock.now()
    const id = was?.id ?? newId('fld', at)
    const data = { ...field, vocabularyId, preset: preset.value === null ? Prisma.DbNull : preset.value, changedAt: at }
    if (was) await tx.db.ownField.update({ where: { id }, data })
    else await tx.db.ownField.create({ data: { ...data, id, houseId, createdAt: at } })
    await keepVersion(tx, houseId, version, `${was ? 'Changed' : 'Added'}: ${field.label}`)
    await record(tx, {
      type: was ? 'field.changed' : 'field.added',
      subject: { kind: 'field', id },
      data: { version, label: field.label, need: field.need, type: field.type },
    })
    if (was && (was.label !== field.label || was.outside !== field.outside || was.searchable !== field.searchable))
      await enqueueReword(tx, { houseId, fieldId: id })
    return ok({ fieldId: id, version })
  })
}

async function isUsed(tx: Tx, houseId: string, fieldId: string): Promise<number> {
  const [row] = await tx.db.$queryRaw<
    { used: number }[]
  >`SELECT count(*)::int AS used FROM assets WHERE house_id = ${houseId} AND custom_fields ? ${fieldId}`
  return row?.used ?? 0
}

async function presetOf(tx: Tx, field: { type: OwnFieldType; vocabularyId: string | null }, written: string) {
  const terms = await termsOfVocabularies(tx, [field.vocabularyId])
  const words = field.type === 'CHOICES' ? written.split(/[,;|]/) : [written]
  return readValue(field, words, termFinder(terms))
}

/** Forms no longer ask for it; records keep what they say in it. */
export async function retireField(
  ctx: Tx,
  input: { fieldId: string; seenVersion: number },
): Promise<Result<{ version: number }, 'changed-meanwhile' | 'already-so'>> {
  return turn(ctx, input, true)
}

/** Forms ask for it again, with the values that it had. */
export async function restoreField(
  ctx: Tx,
  input: { fieldId: string; seenVersion: number },
): Promise<Result<{ version: number }, 'changed-meanwhile' | 'already-so'>> {
  return turn(ctx, input, false)
}

async function turn(
  ctx: Tx,
  { fieldId, seenVersion }: { fieldId: string; seenVersion: number },
  retired: boolean,
): Promise<Result<{ version: number }, 'changed-meanwhile' | 'already-so'>> {
  const houseId = keeping(ctx)
  return inTransaction(ctx, async (tx): Promise<Result<{ version: number }, 'changed-meanwhile' | 'already-so'>> => {
    const held = await holdSchema(tx, houseId, seenVersion)
    const field = await tx.db.ownField.findFirst({ where: { id: fieldId, houseId }, select: { label: true, retiredAt: true } })
    if (!field) throw new Refusal('not-found', `no field ${fieldId}`)
    if ((field.retiredAt !== null) === retired) return fail('already-so')
    if (!held) return fail('changed-meanwhile')
    const version = await nextVersion(tx, houseId, seenVersion)
    const at = tx.clock.now()
    await tx.db.ownField.update({ where: { id: fieldId }, data: { retiredAt: retired ? at : null, changedAt: at } })
    await keepVersion(tx, houseId, version, `${retired ? 'Retired' : 'Brought back'}: ${field.label}`)
    await record(tx, {
      type: retired ? 'field.retired' : 'field.restored',
      subject: { kind: 'field', id: fieldId },
      data: { version, label: field.label },
    })
    await enqueueReword(tx, { houseId, fieldId })
    return ok({ version })
  })
}
