import { canonical, type Json } from '../kernel/canonical.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { boxOfStored, inputsHash, storedAnswer, type StoredInputs, type StoredUse } from './decisions.ts'
import { loadRights, type LoadedRights } from './loading.ts'
import { decideKnown, engineVersion } from './rules/decide.ts'

/** What is different when a decision is asked again. */
export interface Difference {
  decisionId: string
  at: Date
  assetId: string
  purpose: string
  why: 'row-missing' | 'row-changed' | 'rows-known-differ' | 'claims-differ' | 'answer-differs'
  was: string
  is: string
}
export interface Replayed {
  asked: number
  same: number
  differ: number
  /** Made by rules that this program no longer carries: their rows were checked, their answers were not asked again. */
  otherEngine: number
}

/** The rules of each version that this program can still ask. */
const engines = new Map([[engineVersion, decideKnown]])
const pageSize = 250

interface Page {
  id: string
  at: Date
  assetId: string
  assetNo: bigint
  purpose: string
  licenceNo: bigint | null
  use: StoredUse
  verdict: string
  answer: Json
  inputs: StoredInputs
  inputsSha256: string
  engineVersion: number
}

/**
 * Ask every decision that let money or bytes move once more, on exactly the rows that it named: they must be there, say
 * what they said (by hash), be all that was known then, and give the same verdict for the same reasons. In pages, so that
 * a million take no more memory than a thousand.
 */
export async function replayDecisions(
  ctx: Ctx<'db' | 'actor'>,
  { since, assetId }: { since?: Date | undefined; assetId?: string | undefined },
  tell: (difference: Difference) => void,
): Promise<Replayed> {
  const sum: Replayed = { asked: 0, same: 0, differ: 0, otherEngine: 0 }
  let after: { at: Date; id: string } | undefined
  for (;;) {
    const page = (await ctx.db.decision.findMany({
      where: {
        houseId: ctx.actor.houseId,
        ...(since ? { at: { gte: since } } : {}),
        ...(assetId ? { assetId } : {}),
        ...(after ? { OR: [{ at: { gt: after.at } }, { at: after.at, id: { gt: after.id } }] } : {}),
      },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take: pageSize,
    })) as unknown as Page[]
    if (page.length === 0) return sum
    const known = await knownOf(ctx, page)
    for (const decision of page) {
      sum.asked++
      const difference = askAgain(decision, known)
      if (difference) {
        sum.differ++
        const { id, at, assetId: asset, purpose } = decision
        tell({ decisionId: id, at, assetId: asset, purpose, ...difference })
      } else if (!engines.has(decision.engineVersion)) sum.otherEngine++
      else sum.same++
    }
    const last = page.at(-1) as Page
    after = { at: last.at, id: last.id }
  }
}

interface DeclarationRow {
  id: bigint
  assetNo: bigint
  showsPeople: boolean | null
  showsProperty: boolean | null
  editorialOnly: boolean
  recordedAt: Date
  supersededAt: Date | null
}
interface Known {
  rights: Map<string, LoadedRights>
  declarations: Map<bigint, DeclarationRow[]>
  /** By decision: the claims of others that its use ran into when it was made. */
  claims: Map<string, string[]>
}

/** Everything that was ever written down about the assets of a page. */
async function knownOf(ctx: Ctx<'db' | 'actor'>, page: readonly Page[]): Promise<Known> {
  const assetNos = [...new Set(page.map(({ assetNo }) => assetNo))]
  const rights = await loadRights(ctx, { assetNos, superseded: true, claims: 'none' })
  const rows = await ctx.db.declaration.findMany({ where: { houseId: ctx.actor.houseId, assetNo: { in: assetNos } } })
  const declarations = new Map<bigint, DeclarationRow[]>()
  for (const row of rows) declarations.set(row.assetNo, [...(declarations.get(row.assetNo) ?? []), row])
  const met = await ctx.db.$queryRaw<{ id: string; claims: string[] }[]>`
    SELECT d.id, array_agg(c.id::text ORDER BY c.id) AS claims
    FROM decisions d CROSS JOIN LATERAL (
      SELECT d.asset_no AS no UNION SELECT o.asset_no FROM exclusivity_members m JOIN exclusivity_members o ON o.group_id = m.group_id AND o.asset_no <> m.asset_no
      WHERE m.asset_no = d.asset_no AND greatest(m.added_at, o.added_at) < d.at AND (least(m.left_at, o.left_at) IS NULL OR least(m.left_at, o.left_at) > d.at)
    ) subject JOIN claims c ON c.asset_no = subject.no AND c.licence_no <> d.licence_no AND c.created_at < d.at AND (c.ended_at IS NULL OR c.ended_at > d.at)
      AND (c.exclusive OR (d.use ->> 'exclusive')::boolean)
      AND c.media_set && (d.use ->> 'media')::int4multirange AND c.territory_set && (d.use ->> 'territory')::int4multirange
      AND c.industry_set && (d.use ->> 'industry')::int4multirange
      AND c.period && tstzrange((d.use ->> 'from')::timestamptz, (d.use ->> 'to')::timestamptz, '[)')
    WHERE d.id = ANY(${page.map(({ id }) => id)}::text[]) GROUP BY d.id`
  return { rights, declarations, claims: new Map(met.map(({ id, claims }) => [id, claims])) }
}

interface Timed {
  id: string
  recordedAt: Date
  supersededAt: Date | null
}

/** A row that began or ended in the very millisecond of a decision may have been on either side of it. */
const surelyKnown = (row: { recordedAt: Date; supersededAt: Date | null }, at: Date): boolean =>
  row.recordedAt < at && (row.supersededAt === null || row.supersededAt > at)
const maybeKnown = (row: { recordedAt: Date; supersededAt: Date | null }, at: Date): boolean =>
  row.recordedAt <= at && (row.supersededAt === null || row.supersededAt >= at)

function askAgain(decision: Page, known: Known): Pick<Difference, 'why' | 'was' | 'is'> | null {
  const { at, inputs } = decision
  const all = known.rights.get(decision.assetId)
  const declarations = known.declarations.get(decision.assetNo) ?? []
  const declared = declarations.find(({ id }) => id.toString() === inputs.declaration)
  if (!all || !declared) return { why: 'row-missing', was: `declaration ${inputs.declaration}`, is: 'not there' }
  if (!maybeKnown(declared, at) || declarations.some((row) => row !== declared && surelyKnown(row, at)))
    return { why: 'rows-known-differ', was: `declaration ${inputs.declaration}`, is: 'another was current' }

  const named: Record<'acquisitions' | 'releases' | 'restrictions', readonly Timed[]> = all
  const seen: { -readonly [K in keyof typeof named]: unknown[] } = { acquisitions: [], releases: [], restrictions: [] }
  for (const kind of ['acquisitions', 'releases', 'restrictions'] as const) {
    const ids = new Set(inputs[kind])
    const rows = named[kind].filter(({ id }) => ids.has(id))
    const lost = inputs[kind].filter((id) => !rows.some((row) => row.id === id))
    if (lost.length > 0) return { why: 'row-missing', was: lost.join(', '), is: 'not there' }
    const more = named[kind].filter((row) => !ids.has(row.id) && surelyKnown(row, at))
    const less = rows.filter((row) => !maybeKnown(row, at))
    if (more.length + less.length > 0)
      return {
        why: 'rows-known-differ',
        was: `${kind} ${inputs[kind].join(', ')}`,
        is: [...more.map(({ id }) => `also ${id}`), ...less.map(({ id }) => `not ${id}`)].join(', '),
      }
    seen[kind] = rows
  }
  const { showsPeople, showsProperty, editorialOnly } = declared
  const rights = {
    ...seen,
    asset: { id: decision.assetId, no: decision.assetNo, showsPeople, showsProperty, editorialOnly },
    declaration: inputs.declaration,
    claims: [],
    licences: [],
  } as unknown as LoadedRights
  const claims = known.claims.get(decision.id) ?? []
  const strange = claims.filter((id) => !inputs.claims.includes(id))
  if (strange.length > 0) return { why: 'claims-differ', was: inputs.claims.join(', ') || 'none', is: claims.join(', ') }

  const ask = engines.get(decision.engineVersion)
  // Another version's rules may have read other fields: what its hash ran over and what it answered is its own to say.
  if (!ask) return null
  const hash = inputsHash(rights)
  if (hash !== decision.inputsSha256) return { why: 'row-changed', was: decision.inputsSha256, is: hash }
  const box = boxOfStored(decision.use)
  const again = ask(rights, { box, exclusive: decision.use.exclusive, by: decision.use.by }, box)
  const [was, is] = [
    canonical({ verdict: decision.verdict, answer: decision.answer }),
    canonical({ verdict: again.verdict, answer: storedAnswer(again) }),
  ]
  return was === is ? null : { why: 'answer-differs', was, is }
}

const day = 86_400_000

/** Every night: the decisions of the last two days once more; what differs is written into the trail for the auditors. */
export async function replayRecent(ctx: Ctx<'db' | 'clock' | 'actor' | 'log'>): Promise<Replayed> {
  const differences: Difference[] = []
  const replayed = await replayDecisions(ctx, { since: new Date(ctx.clock.now().getTime() - 2 * day) }, (difference) => {
    if (differences.length < 20) differences.push(difference)
  })
  if (replayed.differ > 0) {
    ctx.log.error('rights.decisions-differ', { ...replayed })
    await inTransaction(ctx, (tx) =>
      record(tx, {
        type: 'decisions.differ',
        subject: { kind: 'house', id: ctx.actor.houseId },
        data: { ...replayed, first: differences.map(({ decisionId, why }) => ({ decision: decisionId, why })) },
      }),
    )
  }
  return replayed
}
