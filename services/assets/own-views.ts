import type { Ctx } from '../platform/context.ts'
import type { AssetKind } from './rules/asset-words.ts'
import { valueWords, type OwnFieldNeed, type OwnFieldType, type OwnValue, type OwnValues } from './rules/own-fields.ts'
import { pathOf } from './rules/term-tree.ts'
import { ownValues, schemaOf, termsNamed, termsOfVocabularies } from './schemas.ts'

type Reading = Ctx<'db' | 'actor'>

/** An own field of an asset, with what it says. */
export interface OwnFieldShown {
  id: string
  label: string
  type: OwnFieldType
  need: OwnFieldNeed
  help: string
  section: string
  outside: boolean
  vocabularyId: string | null
  /** What it says, or what it begins with where nobody has said anything. */
  value: OwnValue | null
  words: string
}
export interface TermOption {
  id: string
  label: string
  /** The same in other words, for those who type. */
  also: string[]
}
export interface OwnFieldsShown {
  fields: OwnFieldShown[]
  /** What each vocabulary offers: its terms in use, and those that this asset holds. */
  options: Record<string, TermOption[]>
}

/** The own fields of one asset, for its page: with what may be chosen, where the reader may edit. */
export async function ownFieldsOf(
  ctx: Reading,
  asset: { kind: AssetKind; customFields: unknown },
  { forms }: { forms: boolean },
): Promise<OwnFieldsShown> {
  const { fields } = await schemaOf(ctx, asset.kind)
  if (fields.length === 0) return { fields: [], options: {} }
  const values = ownValues(asset.customFields)
  const terms = forms
    ? await termsOfVocabularies(
        ctx,
        fields.map(({ vocabularyId }) => vocabularyId),
      )
    : await termsNamed(ctx, [values])
  const byId = new Map(terms.map((term) => [term.id, term]))
  const wordOf = (id: string) => byId.get(id)?.label ?? id
  const held = new Set(Object.values(values).flatMap((value) => (Array.isArray(value) ? value : [])))
  const options: OwnFieldsShown['options'] = {}
  if (forms)
    for (const term of terms)
      if (!term.retired || held.has(term.id))
        (options[term.vocabularyId] ??= []).push({
          id: term.id,
          label: pathOf(term.id, byId).join(' › '),
          also: [term.labelDe, term.code, ...term.altLabels].filter(Boolean),
        })
  for (const list of Object.values(options)) list.sort((a, b) => (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1))
  return {
    fields: fields.map(({ id, label, type, need, help, section, outside, vocabularyId, preset }) => {
      const value = values[id]
      return {
        id,
        label,
        type,
        need,
        help,
        section,
        outside,
        vocabularyId,
        value: value ?? (forms ? preset : null),
        words: valueWords({ type }, value, wordOf),
      }
    }),
    options,
  }
}

/** What an asset's own fields say to people outside the house, in their language. Only what the house shows there, and only what is said. */
export async function ownFactsOutside(
  ctx: Reading & Ctx<'language'>,
  asset: { kind: AssetKind; customFields: unknown },
): Promise<{ id: string; label: string; words: string; href: string | null; flag: boolean | null }[]> {
  const values: OwnValues = ownValues(asset.customFields)
  if (Object.keys(values).length === 0) return []
  const { fields } = await schemaOf(ctx, asset.kind)
  const shown = fields.flatMap((field) => {
    const value = values[field.id]
    return field.outside && value !== undefined ? [{ field, value }] : []
  })
  const named = await termsNamed(ctx, [Object.fromEntries(shown.map(({ field, value }) => [field.id, value]))])
  const terms = new Map(named.map((term) => [term.id, term]))
  const spoken = (en: string, de: string) => (ctx.language === 'de' && de !== '' ? de : en)
  const termWord = (id: string) => {
    const term = terms.get(id)
    return term ? spoken(term.label, term.labelDe) : ''
  }
  return shown.map(({ field, value }) => {
    const words = valueWords(field, value, termWord)
    return {
      id: field.id,
      label: spoken(field.label, field.labelDe),
      words,
      href: field.type === 'LINK' ? words : null,
      flag: typeof value === 'boolean' ? value : null,
    }
  })
}
