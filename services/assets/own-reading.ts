import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import type { AssetKind } from './rules/asset-words.ts'
import { isFilled, readValue, termFinder, type OwnValues } from './rules/own-fields.ts'
import { fieldsOfKind, ownFields, ownValues, termsOfVocabularies } from './schemas.ts'

/**
 * What a form wrote into the own fields, beside what it did not show: those of other kinds and those that are retired keep what
 * they say. Null: the form showed none. Under each field that is wrong stands why.
 */
export async function readOwn(
  ctx: Ctx<'db' | 'actor'>,
  {
    asset,
    kind,
    written,
  }: { asset: { kind: AssetKind; customFields: unknown }; kind: AssetKind; written: Record<string, string | string[] | undefined> | null },
): Promise<Result<OwnValues, 'own-fields-wrong'>> {
  const before = ownValues(asset.customFields)
  if (!written) return ok(before)
  const all = await ownFields(ctx, ctx.actor.houseId)
  const shown = fieldsOfKind(all, asset.kind)
  const terms = await termsOfVocabularies(
    ctx,
    shown.map(({ vocabularyId }) => vocabularyId),
  )
  const find = termFinder(terms)
  const problems: Record<string, string[]> = {}
  const values: OwnValues = { ...before }
  for (const field of shown) {
    const given = written[field.id]
    const read = readValue(field, given === undefined ? [] : Array.isArray(given) ? given : [given], find)
    if ('problem' in read) problems[`own.${field.id}`] = [read.problem]
    else if (read.value === null) delete values[field.id]
    else {
      const fresh = Array.isArray(read.value)
        ? read.value.find((id) => !heldIn(before[field.id], id) && terms.some((term) => term.id === id && term.retired))
        : undefined
      if (fresh) problems[`own.${field.id}`] = ['This term is retired. Choose another.']
      values[field.id] = read.value
    }
  }
  for (const field of fieldsOfKind(shown, kind))
    if (field.need === 'ALWAYS' && !isFilled(values[field.id]) && !problems[`own.${field.id}`])
      problems[`own.${field.id}`] = [`Fill in “${field.label}”.`]
  return Object.keys(problems).length > 0 ? fail('own-fields-wrong', problems) : ok(values)
}

const heldIn = (value: OwnValues[string] | undefined, id: string): boolean => Array.isArray(value) && value.includes(id)
