import type { Ctx } from '../platform/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { candidatesSql, type Candidate, type Finding } from './candidates.ts'
import { may } from './policy.ts'
import type { Spared } from './rules/policy-rule.ts'
import { policyRule } from './schema.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>
const shown = 60

export interface Preview {
  /** What the condition finds; of it, what would be acted on, and what would be spared. */
  total: number
  acts: number
  spared: Record<Spared, number>
  items: Omit<Candidate, 'no'>[]
  /** The number after which the next page begins. */
  next: string | null
}

/** What a policy would do now: counted and listed from the relation that a run reads. */
export async function policyPreview(ctx: Reading, policyId: string, after?: string): Promise<Preview> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'policy preview')
  const row = await ctx.db.lifePolicy.findFirst({ where: { id: policyId, houseId: ctx.actor.houseId } })
  if (!row) throw new Refusal('not-found', `no policy ${policyId}`)
  return previewOf(ctx, { id: row.id, rule: policyRule.parse(row.rule), action: row.action }, after)
}

type Listed = Omit<Candidate, 'no' | 'since'> & { no: number; since: string }

/** The same of a policy that is not written down yet. */
export async function previewOf(ctx: Reading, policy: Finding, after?: string): Promise<Preview> {
  const from = /^\d{1,18}$/.test(after ?? '') ? BigInt(after ?? 0) : 0n
  // One statement: what is found is found once, for the counts and for the page.
  const [row] = await ctx.db.$queryRaw<{ counts: { spared: Spared | null; count: number }[] | null; items: Listed[] | null }[]>`
    ${candidatesSql(ctx, policy)}
    SELECT (SELECT json_agg(c) FROM (SELECT spared, count(*)::int AS count FROM found GROUP BY spared) c) AS counts,
      (SELECT json_agg(i ORDER BY i.no) FROM (SELECT id, no, title, state, since, spared FROM found WHERE no > ${from} ORDER BY no LIMIT ${shown + 1}) i) AS items`
  const counts = row?.counts ?? []
  const items = row?.items ?? []
  const of = (spared: Spared | null) => counts.find((row) => row.spared === spared)?.count ?? 0
  const spared = { 'legal-hold': of('legal-hold'), 'licence-in-force': of('licence-in-force') }
  const acts = of(null)
  const page = items.slice(0, shown)
  return {
    total: acts + spared['legal-hold'] + spared['licence-in-force'],
    acts,
    spared,
    items: page.map(({ no: _no, since, ...item }) => ({ ...item, since: new Date(since) })),
    next: items.length > shown ? String(page.at(-1)?.no ?? '') : null,
  }
}
