import type { Ctx } from '../platform/context.ts'

/** What a claim is called at the desk: a licence of ours, or another shop's sale. */
export interface ClaimName {
  no: bigint
  licenceId: string | null
  name: string
  holder: string | null
}

/** The licences and imported sales behind claims, in one statement; staff only, since it names customers. */
export async function claimNames(ctx: Ctx<'db' | 'actor'>, nos: readonly bigint[]): Promise<Map<bigint, ClaimName>> {
  if (nos.length === 0) return new Map()
  const { houseId } = ctx.actor
  const wanted = [...new Set(nos)]
  const rows = await ctx.db.$queryRaw<ClaimName[]>`
    SELECT l.no, l.id AS "licenceId", l.number AS name, coalesce(l.licensee_name, o.name) AS holder
      FROM licences l JOIN organisations o ON o.id = l.holder_org_id WHERE l.house_id = ${houseId} AND l.no = ANY(${wanted}::bigint[])
    UNION ALL SELECT s.no, NULL, s.shop || ' ' || s.reference, nullif(s.holder, '')
      FROM imported_sales s WHERE s.house_id = ${houseId} AND s.no = ANY(${wanted}::bigint[])`
  return new Map(rows.map((row) => [row.no, row]))
}
