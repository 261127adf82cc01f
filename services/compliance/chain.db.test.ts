import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, Prisma, violates, type PrismaClient } from '#services/platform/db.ts'
import { testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse } from '#services/testing/world.ts'
import { headOf, verifyChain } from './chain.ts'
import { record } from './record.ts'
import { hashOf } from './rules/chain.ts'

let t: TestDb
let db: PrismaClient
beforeAll(async () => {
  t = await testDb(12)
  db = t.db
})
afterAll(() => t[Symbol.asyncDispose]())

async function aTrail(length: number): Promise<TestContext & { houseId: string; facts: string[] }> {
  const bare = testContext(db)
  const house = await aHouse(bare)
  const ctx = { ...bare, actor: { kind: 'system', houseId: house.id, name: 'test' } as const }
  const facts: string[] = []
  for (let index = 0; index < length; index++) {
    ctx.clock.advance(1000)
    facts.push(
      await inTransaction(ctx, (tx) =>
        record(tx, { type: 'thing.happened', subject: { kind: 'thing', id: `t_${index}` }, data: { index, name: 'Żółw' } }),
      ),
    )
  }
  return { ...ctx, houseId: house.id, facts }
}

/** What somebody with the superuser's rights can do: triggers are off. */
const behindTheBack = (work: (tx: Prisma.TransactionClient) => Promise<unknown>): Promise<void> =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await work(tx)
  })

describe('the trail', () => {
  test('refuses every change, to everybody who goes through the front door', async () => {
    const { houseId, facts } = await aTrail(1)
    const attempts = [
      Prisma.sql`UPDATE audit_facts SET body = '{}' WHERE id = ${facts[0]}`,
      Prisma.sql`DELETE FROM audit_facts WHERE id = ${facts[0]}`,
      Prisma.sql`TRUNCATE audit_facts CASCADE`,
      Prisma.sql`UPDATE audit_links SET hash = repeat('0', 64) WHERE house_id = ${houseId}`,
      Prisma.sql`DELETE FROM audit_links WHERE house_id = ${houseId}`,
      Prisma.sql`TRUNCATE audit_links`,
      Prisma.sql`TRUNCATE deliveries CASCADE`,
    ]
    for (const sql of attempts) {
      const refused = await db.$executeRaw(sql).then(
        () => null,
        (error: unknown) => error,
      )
      expect(refused && violates(refused, 'append-only'), sql.sql).toBe(true)
    }
    expect(await verifyChain({ db }, houseId)).toMatchObject({ checked: 1, fault: null })
  })

  test('is whole as it was written, and an empty one is whole too', async () => {
    const { houseId } = await aTrail(12)
    const report = await verifyChain({ db }, houseId)
    expect(report).toMatchObject({ checked: 12, fault: null })
    expect(report.head).toEqual(await headOf({ db }, houseId))
    expect(await verifyChain({ db }, (await aTrail(0)).houseId)).toMatchObject({ checked: 0, head: null, fault: null })
  })

  test('keeps the order of facts within one transaction, and nothing of one that was undone', async () => {
    const { houseId, ...ctx } = await aTrail(0)
    await inTransaction(ctx, async (tx) => {
      for (const id of ['a', 'b', 'c']) await record(tx, { type: 'step.made', subject: { kind: 'step', id } })
    })
    await inTransaction(ctx, async (tx) => {
      await record(tx, { type: 'step.made', subject: { kind: 'step', id: 'undone' } })
      throw new Error('undo')
    }).catch(() => undefined)
    const links = await db.auditLink.findMany({ where: { houseId }, orderBy: { seq: 'asc' }, include: { fact: true } })
    expect(links.map(({ fact }) => fact.subjectId)).toEqual(['a', 'b', 'c'])
    expect(await verifyChain({ db }, houseId)).toMatchObject({ checked: 3, fault: null })
  })

  test('is gapless after two hundred transactions at once, without a deadlock', async () => {
    const { houseId, ...ctx } = await aTrail(0)
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        inTransaction(ctx, async (tx) => {
          await record(tx, { type: 'rush.first', subject: { kind: 'rush', id: String(index) } })
          await record(tx, { type: 'rush.second', subject: { kind: 'rush', id: String(index) } })
        }),
      ),
    )
    expect(await verifyChain({ db }, houseId)).toMatchObject({ checked: 400, fault: null })
    const links = await db.auditLink.findMany({ where: { houseId }, orderBy: { seq: 'asc' }, include: { fact: true } })
    expect(links.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 400 }, (_, index) => index + 1))
    for (let index = 0; index < links.length; index += 2)
      expect([links[index]?.fact.type, links[index + 1]?.fact.type, links[index]?.fact.subjectId]).toEqual([
        'rush.first',
        'rush.second',
        links[index + 1]?.fact.subjectId,
      ])
  })
})

describe('behind the back of the triggers', () => {
  test('a changed text is named', async () => {
    const { houseId, facts } = await aTrail(6)
    await behindTheBack(
      (tx) => tx.$executeRaw`UPDATE audit_facts SET body = replace(body, 'thing.happened', 'thing.vanished') WHERE id = ${facts[2]}`,
    )
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({ kind: 'body-changed', seq: '3', factId: facts[2] })
  })

  test('a changed column is named, though its text was left', async () => {
    const { houseId, facts } = await aTrail(6)
    await behindTheBack((tx) => tx.$executeRaw`UPDATE audit_facts SET actor_name = 'somebody else' WHERE id = ${facts[3]}`)
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({
      kind: 'columns-differ',
      seq: '4',
      why: expect.stringContaining('actor_name'),
    })
  })

  test('a removed row is named: the fact, the link, both, or the last', async () => {
    const fact = await aTrail(6)
    await behindTheBack((tx) => tx.$executeRaw`DELETE FROM audit_facts WHERE id = ${fact.facts[1]}`)
    expect((await verifyChain({ db }, fact.houseId)).fault).toMatchObject({ kind: 'fact-missing', seq: '2' })
    const both = await aTrail(6)
    await behindTheBack(async (tx) => {
      await tx.$executeRaw`DELETE FROM audit_links WHERE fact_id = ${both.facts[1]}`
      await tx.$executeRaw`DELETE FROM audit_facts WHERE id = ${both.facts[1]}`
    })
    expect((await verifyChain({ db }, both.houseId)).fault).toMatchObject({ kind: 'row-missing', seq: '2' })
    const last = await aTrail(6)
    await behindTheBack((tx) => tx.$executeRaw`DELETE FROM audit_links WHERE fact_id = ${last.facts[5]}`)
    expect((await verifyChain({ db }, last.houseId)).fault).toMatchObject({ kind: 'row-missing', seq: '6' })
  })

  test('a swapped row is named', async () => {
    const { houseId, facts } = await aTrail(6)
    await behindTheBack(async (tx) => {
      await tx.$executeRaw`UPDATE audit_links SET fact_id = 'swap' WHERE fact_id = ${facts[1]}`
      await tx.$executeRaw`UPDATE audit_links SET fact_id = ${facts[1]} WHERE fact_id = ${facts[4]}`
      await tx.$executeRaw`UPDATE audit_links SET fact_id = ${facts[4]} WHERE fact_id = 'swap'`
    })
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({ kind: 'body-changed', seq: '2' })
  })

  test('a forged tail is named, and a fact that no link seals', async () => {
    const { houseId, facts } = await aTrail(4)
    const head = await headOf({ db }, houseId)
    await behindTheBack(async (tx) => {
      await tx.$executeRaw`INSERT INTO audit_facts SELECT 'fct_forged', house_id, at, type, actor_kind, actor_id, actor_name, subject_kind, subject_id, body FROM audit_facts WHERE id = ${facts[3]}`
      await tx.$executeRaw`INSERT INTO audit_links (house_id, seq, fact_id, prev_hash, hash) VALUES (${houseId}, 5, 'fct_forged', ${head?.hash}, repeat('f', 64))`
    })
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({ kind: 'tail-forged', seq: '5' })
    await behindTheBack((tx) => tx.$executeRaw`DELETE FROM audit_links WHERE fact_id = 'fct_forged'`)
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({ kind: 'fact-outside' })
  })

  test('a head that was moved, or is gone, is named', async () => {
    const { houseId } = await aTrail(3)
    await db.$executeRaw`UPDATE audit_heads SET hash = repeat('e', 64) WHERE house_id = ${houseId}`
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({ kind: 'tail-forged', seq: '3' })
    await db.$executeRaw`DELETE FROM audit_heads WHERE house_id = ${houseId}`
    expect((await verifyChain({ db }, houseId)).fault).toMatchObject({ kind: 'head-missing' })
  })

  test('a trail written wholly anew passes by itself, and fails against a head that was noted', async () => {
    const { houseId, facts } = await aTrail(3)
    const noted = await headOf({ db }, houseId)
    await behindTheBack(async (tx) => {
      await tx.$executeRaw`UPDATE audit_facts SET type = 'thing.vanished', body = replace(body, 'thing.happened', 'thing.vanished') WHERE id = ${facts[2]}`
      const last = await tx.auditLink.findFirstOrThrow({ where: { houseId, seq: 3n }, include: { fact: true } })
      const hash = hashOf(last.prevHash, last.fact.body)
      await tx.$executeRaw`UPDATE audit_links SET hash = ${hash} WHERE house_id = ${houseId} AND seq = 3`
      await tx.$executeRaw`UPDATE audit_heads SET hash = ${hash} WHERE house_id = ${houseId}`
    })
    expect((await verifyChain({ db }, houseId)).fault).toBeNull()
    const report = await verifyChain({ db }, houseId, { seq: BigInt(noted?.seq ?? 0), hash: noted?.hash ?? '' })
    expect(report.fault).toMatchObject({ kind: 'not-as-noted', seq: '3' })
  })
})
