import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { record } from '#services/compliance/record.ts'
import { inTransaction, violates } from './db.ts'
import { testContext } from '#services/testing/context.ts'
import { aLicenceFor } from '#services/testing/claims.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset } from '#services/testing/world.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

describe('the foundation', () => {
  test('an instant comes back as the instant that was written', async () => {
    const ctx = testContext(t.db)
    const house = await aHouse(ctx)
    expect((await t.db.organisation.findUniqueOrThrow({ where: { id: house.id } })).createdAt).toEqual(ctx.clock.now())
  })

  test('a fact is chained at commit, and its job is there with it', async () => {
    const ctx = testContext(t.db)
    const house = await aHouse(ctx)
    const acting = { ...ctx, actor: { kind: 'system', houseId: house.id, name: 'test' } as const }
    await inTransaction(acting, async (tx) => {
      await record(tx, { type: 'thing.made', subject: { kind: 'thing', id: 'a' } })
      await record(tx, { type: 'thing.made', subject: { kind: 'thing', id: 'b' } })
    })
    const links = await t.db.auditLink.findMany({ where: { houseId: house.id }, orderBy: { seq: 'asc' } })
    expect(links.map((link) => link.seq)).toEqual([1n, 2n])
    expect(links[1]?.prevHash).toBe(links[0]?.hash)
    const jobs = await t.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM graphile_worker.jobs WHERE task_identifier = 'jobs.react'`
    expect(jobs[0]?.n).toBe(2n)
  })

  test('a fact of a change that was undone is not there', async () => {
    const ctx = testContext(t.db)
    const house = await aHouse(ctx)
    const acting = { ...ctx, actor: { kind: 'system', houseId: house.id, name: 'test' } as const }
    await expect(
      inTransaction(acting, async (tx) => {
        await record(tx, { type: 'thing.made', subject: { kind: 'thing', id: 'a' } })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await t.db.auditFact.count({ where: { houseId: house.id } })).toBe(0)
  })

  test('a transaction asks its connection one thing at a time, whatever it reads', async () => {
    const ctx = testContext(t.db)
    const { id: houseId } = await aHouse(ctx)
    const { id } = await anAsset(ctx, { houseId })
    const said: string[] = []
    const hear = (warning: Error) => void said.push(warning.message)
    process.on('warning', hear)
    await inTransaction(ctx, async (tx) => {
      const read = () => tx.db.asset.findUniqueOrThrow({ where: { id }, include: { currentVersion: true, versions: true, reviews: true } })
      expect((await Promise.all([read(), read()])).map((asset) => asset.versions.length)).toEqual([1, 1])
    })
    // Node tells of a deprecation after the turn in which it happened.
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('warning', hear)
    expect(said).toEqual([])
  })

  test('two exclusive claims on the same scope: the database refuses the second', async () => {
    const ctx = testContext(t.db)
    const house = await aHouse(ctx)
    const asset = await anAsset(ctx, { houseId: house.id })
    const [first, second] = [await aLicenceFor(ctx, { asset, exclusive: true }), await aLicenceFor(ctx, { asset })]
    const claim = (licenceNo: bigint, exclusive: boolean) => t.db.$executeRaw`
      INSERT INTO claims (house_id, asset_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
      VALUES (${house.id}, ${asset.no}, ${licenceNo}, '{[1,5)}', '{[1,9)}', '{[0,)}', '[2027-01-01,2028-01-01)', ${exclusive}, 'ACTIVE', ${ctx.clock.now()})`
    await claim(first.no, true)
    await expect(claim(second.no, false)).rejects.toSatisfy((error) => violates(error, 'no_double_sale'))
    await claim(first.no, true)
  })
})
