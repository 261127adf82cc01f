import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { usualFilter } from '#services/desk/rules/filter.ts'
import { worklistPage } from '#services/desk/worklist.ts'
import { recordImportedSales } from '#services/rights/imported-sales.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aGuest, aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { takeToast } from '#app/http/toast.server.ts'
import { action, loader } from './imported-sale-settle.ts'

let t: TestDb
let ctx: TestContext
let maren: Person
let houseId: string
beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db)
  houseId = (await aHouse(base)).id
  ctx = asActor(base, aGuest(houseId))
  maren = await aPerson(base, { houseId, roles: ['RIGHTS_MANAGER'] })
})
afterAll(() => t[Symbol.asyncDispose]())

const terms: ScopeTerms = {
  media: ['billboard'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'Europe/Berlin',
  exclusive: true,
}
let reference = 0

/** Two exclusive sales of one picture: the first has its claim, the second collides with it. */
async function aCollision() {
  const asset = await anAsset(ctx, { houseId })
  const line = () => ({ assetId: asset.id, shop: 'Pictura', reference: `P-${++reference}`, holder: 'Verlag', terms, soldAt: new Date('2026-10-01') })
  const [first, second] = await recordImportedSales(asActor(ctx, maren), [line(), line()])
  if (first?.outcome !== 'claimed' || second?.outcome !== 'collides') throw new Error('the second should collide')
  return { asset, first: first.id, second: second.id, firstName: `Pictura P-${reference - 1}` }
}

async function send(assetId: string, saleId: string, form: Record<string, string>, as = maren) {
  const path = `/rights/assets/${assetId}/imported-sales/${saleId}`
  const answer = await action((await asked(ctx, path, { as, params: { assetId, saleId }, form })) as never)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { toast } = await takeToast(new Request(ctx.origin, { headers: { cookie } }))
  return { to: answer.headers.get('location'), ...toast }
}
const stateOf = async (id: string) => (await t.db.importedSale.findUniqueOrThrow({ where: { id } })).state
const waiting = async () =>
  (await worklistPage(asActor(ctx, maren), usualFilter, null)).page.items.flatMap(({ kind, sourceId }) =>
    kind === 'import-collides' ? [sourceId] : [],
  )

test('keeps a sale as a known conflict, once; its line leaves the worklist', async () => {
  const { asset, second } = await aCollision()
  expect(await waiting()).toEqual([second])
  const keep = () => send(asset.id, second, { decision: 'accept', note: 'Both buyers know' })
  const answers = await Promise.all([keep(), keep()])
  // Done, it shows at its place; refused, only the words at the head of the page are new.
  const page = `/rights/assets/${asset.id}`
  expect(answers.map(({ to, text }) => ({ to, text })).sort((a, b) => String(b.to).length - String(a.to).length)).toEqual([
    { to: `${page}#imported-sales`, text: 'It is kept as a known conflict, without a claim.' },
    { to: page, text: 'Somebody has settled or ended this sale meanwhile; nothing was changed.' },
  ])
  expect(await stateOf(second)).toBe('SETTLED')
  expect(await waiting()).toEqual([])
})

test('says what it still runs into, and gives the claim after the other has ended', async () => {
  const { asset, first, second, firstName } = await aCollision()
  const retry = () => send(asset.id, second, { decision: 'retry', note: 'Again' })
  expect(await retry()).toMatchObject({
    tone: 'warning',
    text: `It still runs into something, so nothing was changed. ${firstName} of Verlag, sold by another shop, exclusive: all of it.`,
  })
  expect(await stateOf(second)).toBe('COLLIDES')
  const end = () => send(asset.id, first, { decision: 'end', note: 'Cancelled there' })
  expect((await Promise.all([end(), end()])).map(({ text }) => text).sort()).toEqual([
    'It has ended. What it had taken is free again.',
    'This sale was ended before; nothing was changed.',
  ])
  expect(await retry()).toMatchObject({ tone: 'success', text: 'It has its claim now: exclusivity sees it.' })
  expect([await stateOf(first), await stateOf(second), await waiting()]).toEqual(['ENDED', 'CLAIMED', []])
})

test('wants one of the three ways and a word on why', async () => {
  const { asset, second } = await aCollision()
  for (const form of [{ decision: 'accept' }, { decision: 'accept', note: '   ' }, { decision: 'drop', note: 'x' }, { note: 'x'.repeat(501), decision: 'end' }])
    expect(await send(asset.id, second, form as never)).toMatchObject({
      tone: 'danger',
      text: 'Say what is to become of the sale, and why, in at most 500 characters.',
    })
  expect(await stateOf(second)).toBe('COLLIDES')
})

test('knows a sale only on the page of its own picture and in its own house, and lets nobody but rights managers decide', async () => {
  const { asset, second } = await aCollision()
  const form = { decision: 'end', note: 'x' }
  const beside = await anAsset(ctx, { houseId })
  await expect(send(beside.id, second, form)).rejects.toMatchObject({ code: 'not-found' })
  await expect(send(beside.id, second, { ...form, decision: 'retry' })).rejects.toMatchObject({ code: 'not-found' })
  const other = await aPerson(ctx, { houseId: (await aHouse(ctx)).id, roles: ['RIGHTS_MANAGER'] })
  await expect(send(asset.id, second, form, other)).rejects.toBeDefined()
  const librarian = await aPerson(ctx, { houseId, roles: ['LIBRARIAN'] })
  await expect(send(asset.id, second, form, librarian)).rejects.toBeDefined()
  expect(await stateOf(second)).toBe('COLLIDES')
})

test('a page that was opened again leads back to the list', async () => {
  const answer = loader((await asked(ctx, '/x', { params: { assetId: 'ast_1' } })) as never)
  expect(answer.headers.get('location')).toBe('/rights/assets/ast_1#imported-sales')
})
