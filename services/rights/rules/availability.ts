import type { Period } from '../../kernel/period.ts'
import { overlaps, remainder, type Box } from './box.ts'
import { barredBy } from './barred.ts'
import { boxOfUse, type Use } from './decide.ts'
import { notHeld } from './held.ts'
import { asKnown, type AssetRights, type When } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { takenBy } from './taken.ts'

/**
 * `open`: also exclusively. `non-exclusive`: only beside others. `partly`: some of the cell can be had.
 * `blocked`: nothing of it.
 */
export type Openness = 'open' | 'non-exclusive' | 'partly' | 'blocked'

export interface GridQuestion {
  media: readonly LeafSet[]
  territory: readonly LeafSet[]
  industry?: LeafSet
  /** Absent: the instant `at`. */
  period?: Period
  by: Use['by']
}

/** One answer a cell, rows by media, columns by territory: the same engine over a grid, equal to asking point by point. */
export const availability = (rights: AssetRights, question: GridQuestion, { at, knownAt }: When): Openness[][] =>
  availabilityKnown(asKnown(rights, knownAt), question, at)

/** The same, on rights that hold only what is known. */
export function availabilityKnown(rights: AssetRights, question: GridQuestion, at: Date): Openness[][] {
  const known = { ...rights, licences: [] }
  const industry = question.industry ?? LeafSet.all
  return question.media.map((media) => {
    const period = question.period ? { period: question.period } : {}
    const row = boxOfUse({ box: { media, territory: LeafSet.all, industry, ...period }, exclusive: false, by: question.by }, at)
    const near = meeting(known, row)
    return question.territory.map((territory) => opennessOf(near, { ...row, territory }, question.by))
  })
}

/** What meets a box. Releases stay: a limited consent bars what lies outside it. */
const meeting = (rights: AssetRights, box: Box): AssetRights => ({
  ...rights,
  acquisitions: rights.acquisitions.filter((row) => overlaps(row.box, box)),
  restrictions: rights.restrictions.filter((row) => overlaps(row.box, box)),
  claims: rights.claims.filter((row) => overlaps(row.box, box)),
})

/** What is held and not barred does not depend on whether it is wanted alone: it is asked once, for both. */
function opennessOf(known: AssetRights, box: Box, by: Use['by']): Openness {
  const ask = (exclusive: boolean) => takenBy(known, { box, exclusive, by }, box)
  const refused = [...notHeld(known, by, box), ...barredBy(known, box), ...ask(false)].flatMap((reason) => reason.parts)
  if (refused.length === 0) return ask(true).length === 0 ? 'open' : 'non-exclusive'
  return remainder([box], refused).length > 0 ? 'partly' : 'blocked'
}
