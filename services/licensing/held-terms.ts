import { isPerson } from '../kernel/actor.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { LicenceModel } from './rules/models.ts'

export interface HeldTerms {
  id: string
  number: string
  model: LicenceModel
  terms: ScopeTerms
  /** Paid for: only what was bought counts towards something wider. */
  bought: boolean
}

/** So many are listed where one picture is licensed again and again. */
export const heldListed = 10

/** The terms of licences of the asker's company, the newest first: so many as are listed, and the one that is asked about. */
export async function heldTerms(
  { db, actor }: Ctx<'db' | 'actor'>,
  licenceIds: readonly string[],
  about: string | null = null,
): Promise<HeldTerms[]> {
  if (!isPerson(actor) || licenceIds.length === 0) return []
  const read = (ids: readonly string[]) =>
    db.licence.findMany({
      where: { id: { in: [...ids] }, houseId: actor.houseId, holderOrgId: actor.orgId },
      select: { id: true, number: true, model: true, terms: true, orderLineId: true },
      orderBy: { no: 'desc' },
      take: heldListed,
    })
  const newest = await read(licenceIds)
  const older = about && licenceIds.includes(about) && !newest.some(({ id }) => id === about) ? await read([about]) : []
  return [...newest, ...older].map(({ terms, orderLineId, ...row }) => ({
    ...row,
    terms: terms as unknown as ScopeTerms,
    bought: orderLineId !== null,
  }))
}
