import type { Ctx } from '../platform/context.ts'
import { mustMay } from './policy.ts'
import type { ProposalKind, Statement } from './rules/file-claims.ts'

export interface ProposalView {
  id: string
  kind: ProposalKind
  state: 'OPEN' | 'ACCEPTED' | 'SET_ASIDE' | 'OUTDATED'
  summary: string
  statements: Statement[]
  version: { number: number; fileName: string }
  proposedAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  reason: string | null
  /** Other pictures of which the files say the very same. */
  same: number
}

/** What the files of an asset say about rights, the open questions first. */
export async function proposalsOf(ctx: Ctx<'db' | 'actor'>, assetId: string): Promise<ProposalView[]> {
  mustMay(ctx.actor, 'see-rights')
  const { houseId } = ctx.actor
  const rows = await ctx.db.rightsProposal.findMany({
    where: { houseId, assetId },
    select: {
      id: true,
      kind: true,
      state: true,
      summary: true,
      statements: true,
      ground: true,
      proposedAt: true,
      decidedAt: true,
      decidedById: true,
      reason: true,
      version: { select: { number: true, fileName: true } },
    },
    orderBy: [{ proposedAt: 'desc' }, { kind: 'asc' }],
    take: 20,
  })
  const open = rows.filter(({ state }) => state === 'OPEN')
  const [groups, people] = await Promise.all([
    ctx.db.rightsProposal.groupBy({
      by: ['ground'],
      where: { houseId, state: 'OPEN', ground: { in: open.map(({ ground }) => ground) }, assetId: { not: assetId } },
      _count: true,
    }),
    ctx.db.user.findMany({ where: { id: { in: rows.flatMap(({ decidedById }) => decidedById ?? []) } }, select: { id: true, name: true } }),
  ])
  const same = new Map(groups.map(({ ground, _count }) => [ground, _count]))
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const shown = rows.map(({ ground, decidedById, statements, ...row }) => ({
    ...row,
    statements: statements as unknown as Statement[],
    decidedBy: decidedById ? (names.get(decidedById) ?? null) : null,
    same: row.state === 'OPEN' ? (same.get(ground) ?? 0) : 0,
  }))
  return [...shown.filter(({ state }) => state === 'OPEN'), ...shown.filter(({ state }) => state !== 'OPEN')]
}

/** The values that a recording form is opened with, of an open proposal; null where there is none any more. */
export async function prefillOf(
  ctx: Ctx<'db' | 'actor'>,
  assetId: string,
  proposalId: string | null,
): Promise<{ id: string; fields: Record<string, string>; statements: Statement[] } | null> {
  if (!proposalId) return null
  const found = await ctx.db.rightsProposal.findFirst({
    where: { id: proposalId, assetId, houseId: ctx.actor.houseId, state: 'OPEN' },
    select: { id: true, prefill: true, statements: true },
  })
  return found && { id: found.id, fields: found.prefill as Record<string, string>, statements: found.statements as unknown as Statement[] }
}
