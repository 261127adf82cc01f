import type { KeptRow } from '#services/clearance/stored-rows.ts'
import { summariseScope } from '#services/rights/rules/scope-words.ts'
import { searchOf } from './questions.server.ts'

/** A row of a list as its page shows it. */
export type ListLine = ReturnType<typeof lineOf>

/** The row in words, with the address of the same question, where it can be changed. */
export function lineOf(
  { rowNo, asset, assetId, use: { given, terms }, light, kind, reasons, nearest, licences }: KeptRow,
  by: string | null,
) {
  return {
    rowNo,
    asset,
    assetId,
    reference: given.reference ?? '',
    use: terms ? summariseScope(terms) : [given.media, given.territory, given.from].filter(Boolean).join(' · '),
    to: assetId && terms ? `/clearance${searchOf({ asset: assetId, by }, terms)}` : null,
    light,
    kind,
    reasons: reasons.map(({ column = null, words }) => ({ column, words })),
    nearest: nearest.map(({ axis, words }) => ({ axis, words })),
    licences,
  }
}
