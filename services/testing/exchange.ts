import { Readable } from 'node:stream'
import type { Person } from '#services/kernel/actor.ts'
import { applyImport, writeImport } from '#services/exchange/applying.ts'
import { checkImport } from '#services/exchange/checking.ts'
import { importPage } from '#services/exchange/import-views.ts'
import { receiveImport } from '#services/exchange/intake.ts'
import type { ImportKind } from '#services/exchange/rules/kinds.ts'
import type { PrismaClient } from '#services/platform/db.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { asActor, testContext, type TestContext } from './context.ts'
import { aHouse, aPerson } from './world.ts'

export type ExchangeContext = TestContext & { actor: Person }

/** Everything everywhere, from long ago and without end. */
export const always: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2024-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}

/** A house whose rights leave and come in by files; `ctx` is its rights manager's. */
export async function anExchange(db: PrismaClient) {
  const base = testContext(db)
  const house = await aHouse(base)
  const as = async (...roles: Person['roles'][number][]) =>
    asActor(base, await aPerson(base, { houseId: house.id, roles })) as ExchangeContext
  return { base, house, as, ctx: await as('RIGHTS_MANAGER') }
}

export const textOf = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

/** A file brought in as the desk does it: received, checked, applied, written; its page in the end. */
export async function bring(ctx: ExchangeContext, kind: ImportKind, body: string) {
  const job = asActor(ctx, { kind: 'system', houseId: ctx.actor.houseId, name: 'test' } as never)
  const sent = await receiveImport(ctx, { kind, fileName: 'x', source: Readable.from([Buffer.from(body)]) })
  if (!sent.ok) throw new Error(sent.error)
  const { importId } = sent.value
  await checkImport(job, { importId })
  const applied = await applyImport(ctx, importId)
  if (applied.ok) await writeImport(job, { importId })
  return importPage(ctx, importId, null)
}
