import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKit } from '#services/catalog/brand-kits.ts'
import { addToKit, removeFromKit } from '#services/licensing/kit-changes.ts'
import { grantKit } from '#services/licensing/kit-grants.ts'
import type { Person } from '#services/kernel/actor.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb } from '#services/testing/db.ts'
import { aHouse, anAsset, anOrganisation, aPerson } from '#services/testing/world.ts'
import { openPortalFile } from './downloads.ts'

let t: Awaited<ReturnType<typeof testDb>>
let ctx: TestContext
let houseId: string
let partner: Person

beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  partner = await aPerson(ctx, { houseId, orgId: (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id, roles: ['PARTNER'] })
  ctx = asActor(ctx, await aPerson(ctx, { houseId, roles: ['ADMINISTRATOR', 'LIBRARIAN', 'RIGHTS_MANAGER'] }))
})
afterAll(() => t[Symbol.asyncDispose]())

const terms = {
  media: ['social'],
  territory: { include: ['WORLD'] },
  industry: 'ALL' as const,
  from: '2026-11-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}
const caller = { ip: null, userAgent: null }
const licences = (assetId: string) =>
  t.db.licence.findMany({ where: { assetId }, select: { state: true, endedBy: true, kitGrantId: true } })

test('what is added to a granted kit can be downloaded at once; what is removed no longer, and its licence has ended', async () => {
  const [first, second] = [await anAsset(ctx, { houseId }), await anAsset(ctx, { houseId })]
  const made = await createKit(ctx, { title: 'Spring', description: '' })
  if (!made.ok) throw new Error('no kit')
  const { kitId } = made.value
  expect(await addToKit(ctx, { kitId, assetId: first.id, section: '' })).toMatchObject({ ok: true })
  expect(await grantKit(ctx, { kitId, orgId: partner.orgId, terms })).toMatchObject({ ok: true, value: { issued: 1 } })

  expect(await addToKit(ctx, { kitId, assetId: second.id, section: '' })).toMatchObject({ ok: true })
  const ask = () => openPortalFile(asActor(ctx, partner), { kitId, assetId: second.id, rendition: 'original', caller })
  expect(await ask()).toMatchObject({ ok: true })

  expect(await removeFromKit(ctx, { kitId, assetId: second.id })).toMatchObject({ ok: true })
  await expect(ask()).rejects.toMatchObject({ code: 'not-found' })
  expect(await licences(second.id)).toMatchObject([{ state: 'ENDED', endedBy: 'SUPERSEDED' }])

  // Put back, it has a new licence; the ended one stands beside it and does no harm.
  expect(await addToKit(ctx, { kitId, assetId: second.id, section: '' })).toMatchObject({ ok: true })
  expect(await ask()).toMatchObject({ ok: true })
})

test('a change that is refused changes nothing', async () => {
  const made = await createKit(ctx, { title: 'Summer', description: '' })
  if (!made.ok) throw new Error('no kit')
  const draft = await anAsset(ctx, { houseId, state: 'DRAFT' })
  expect(await addToKit(ctx, { kitId: made.value.kitId, assetId: draft.id, section: '' })).toMatchObject({
    ok: false,
    error: 'not-published',
  })
  expect(await removeFromKit(ctx, { kitId: made.value.kitId, assetId: draft.id })).toMatchObject({ ok: false, error: 'not-there' })
  expect(await licences(draft.id)).toEqual([])
})

test('a kit is given however long its turn takes: longer than other transactions may', async () => {
  const made = await createKit(ctx, { title: 'Autumn', description: '' })
  if (!made.ok) throw new Error('no kit')
  const { kitId } = made.value
  expect(await addToKit(ctx, { kitId, assetId: (await anAsset(ctx, { houseId })).id, section: '' })).toMatchObject({ ok: true })
  // Somebody else has the kit for sixteen seconds; usual transactions end after fifteen.
  const held = t.db.$transaction(
    async (other) => {
      await other.$queryRaw`SELECT id FROM brand_kits WHERE id = ${kitId} FOR UPDATE`
      await other.$queryRaw`SELECT pg_sleep(16)::text`
    },
    { timeout: 30_000 },
  )
  const isHeld = () => t.db.$queryRaw`
    SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE c.relname = 'brand_kits' AND l.mode = 'RowShareLock' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  await expect.poll(isHeld).toHaveLength(1)
  expect(await grantKit(ctx, { kitId, orgId: partner.orgId, terms })).toMatchObject({ ok: true, value: { issued: 1 } })
  await held
})
