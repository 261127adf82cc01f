import type { Ctx } from '../platform/context.ts'
import type { CircuitState } from '../platform/search/circuit.ts'
import type { Search } from './search-engine.ts'
import { findMirrorDrift, rebuildMirror, sendSearch } from './search-mirror.ts'
import { postgresSearch } from './search-postgres.ts'
import { isForServer, serverSearch } from './search-typesense.ts'

/**
 * Who answers searches: the server where one is configured, is well and can be asked such a question; the database otherwise. Nobody who
 * searches is told which of them it was.
 */
export function searchOf(ctx: Ctx<'db' | 'actor' | 'clock'> & Partial<Ctx<'search'>>): Search {
  const own = postgresSearch(ctx)
  const { search } = ctx
  if (!search) return own
  const first = serverSearch(ctx, search.server)
  return {
    find: (question) =>
      isForServer(question)
        ? search.circuit.ask(
            question.houseId,
            () => first.find(question),
            () => own.find(question),
          )
        : own.find(question),
  }
}

/** Each minute: send what was not sent yet, and make a copy where a house has none. */
export async function tendMirror(ctx: Ctx<'db' | 'clock' | 'log' | 'search'>, houseId: string): Promise<void> {
  const [mirror] = await ctx.db.$queryRaw<
    { collection: string | null }[]
  >`SELECT collection FROM search_mirrors WHERE house_id = ${houseId}`
  if (ctx.search && !mirror?.collection) {
    const made = await rebuildMirror(ctx, ctx.search.server, houseId)
    if (!made.ok && made.error === 'counts-differ')
      throw new Error(`the first copy of the index of ${houseId} does not have what the index has`)
    return
  }
  if (mirror) await sendSearch(ctx, { houseId })
}

/** By night: a copy that has drifted is made anew. */
export async function checkMirror(ctx: Ctx<'db' | 'clock' | 'log' | 'search'>, houseId: string): Promise<{ drifted: number }> {
  if (!ctx.search) return { drifted: 0 }
  const [mirror] = await ctx.db.$queryRaw<
    { collection: string | null }[]
  >`SELECT collection FROM search_mirrors WHERE house_id = ${houseId}`
  if (!mirror?.collection) return { drifted: 0 }
  const drift = await findMirrorDrift(ctx, ctx.search.server, houseId)
  if (drift.length === 0) return { drifted: 0 }
  ctx.log.warn('search.copy-drifted', { house: houseId, places: drift.length, first: drift.slice(0, 5) })
  await rebuildMirror(ctx, ctx.search.server, houseId)
  return { drifted: drift.length }
}

/** How a house stands with the second engine, for operators; null where none is configured. */
export interface EngineStanding extends CircuitState {
  collection: string | null
  building: boolean
  builtAt: Date | null
  sentAt: Date | null
  waiting: number
  trouble: string | null
}
export async function engineStanding(ctx: Ctx<'db' | 'actor' | 'search'>): Promise<EngineStanding | null> {
  if (!ctx.search) return null
  const { houseId } = ctx.actor
  const [row] = await ctx.db.$queryRaw<
    { collection: string | null; building: boolean; built_at: Date | null; sent_at: Date | null; waiting: number; trouble: string | null }[]
  >`
    SELECT collection, building IS NOT NULL AS building, built_at, sent_at, trouble, (SELECT count(*) FROM search_outbox o WHERE o.house_id = m.house_id AND NOT o.sent)::int AS waiting
    FROM search_mirrors m WHERE m.house_id = ${houseId}`
  return {
    ...ctx.search.circuit.of(houseId),
    collection: row?.collection ?? null,
    building: row?.building ?? false,
    builtAt: row?.built_at ?? null,
    sentAt: row?.sent_at ?? null,
    waiting: row?.waiting ?? 0,
    trouble: row?.trouble ?? null,
  }
}
