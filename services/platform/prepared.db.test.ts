import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb } from '../testing/db.ts'
import { connect, inTransaction, inTransactionOrUndo, pgCode, prepared, Prisma, statement, violates, type Db } from './db.ts'
import type * as Prepared from './prepared.ts'

let made: Awaited<ReturnType<typeof testDb>>
beforeAll(async () => {
  made = await testDb()
})
afterAll(() => made[Symbol.asyncDispose]())

const house = (db: Db, id: string) =>
  db.organisation.create({ data: { id, houseId: id, kind: 'OWNER', name: id, slug: id, createdAt: new Date() } })

const everything = Prisma.sql`
  SELECT ${'text'}::text AS text, ${9_007_199_254_740_993n}::bigint AS "aBigint", 7::int AS int, ${true}::boolean AS yes, NULL::bigint AS nothing,
    ${new Date('2026-11-21T10:00:00.123Z')}::timestamptz AS at, '{"a": [1, null]}'::jsonb AS json,
    ${[1n, 2n]}::bigint[] AS numbers, ARRAY['a', NULL, '{b}'] AS words, ARRAY[true, NULL] AS flags,
    ARRAY['2026-11-21T10:00:00Z'::timestamptz, NULL] AS instants, 'HELD'::claim_state AS state, 1.5::double precision AS float`
const known = statement(everything)
const counted = statement(Prisma.sql`SELECT count(*)::int AS n FROM organisations WHERE id = ${''}`)
const pid = statement(Prisma.sql`SELECT pg_backend_pid() AS pid, pg_current_xact_id()::text AS xact`)
const copied = statement(Prisma.sql`
  INSERT INTO organisations (id, house_id, kind, name, slug, created_at) SELECT ${''}, house_id, kind, name, slug, created_at FROM organisations WHERE id = ${''} RETURNING id`)

describe('a prepared statement', () => {
  test('answers what $queryRaw answers, in a transaction and outside', async () => {
    const plain = await made.db.$queryRaw<unknown[]>(everything)
    expect(await prepared(made.db, known, everything.values)).toEqual(plain)
    await inTransaction({ db: made.db }, async ({ db }) => {
      for (let i = 0; i < 8; i++) expect(await prepared(db, known, everything.values)).toEqual(plain)
    })
  })

  test('is prepared once on its connection', async () => {
    const db = connect(made.url, 1)
    try {
      const asked = () => inTransaction({ db }, (tx) => prepared(tx.db, counted, ['nobody']))
      await asked()
      await asked()
      const kept = await db.$queryRaw<
        { n: number }[]
      >`SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement = ${counted.text}`
      expect(kept).toEqual([{ n: 1 }])
    } finally {
      await db.$disconnect()
    }
  })

  test('outside of transactions is asked of the pool, before it connected and after it was let go as well', async () => {
    const db = connect(made.url, 1)
    const asked = () => prepared(db, counted, ['nobody'])
    const prepareds = () => db.$queryRaw`SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement = ${counted.text}`
    try {
      expect(await asked(), 'the first question').toEqual([{ n: 0 }])
      expect(await Promise.all([asked(), asked(), asked()]), 'more than there are connections').toEqual([
        [{ n: 0 }],
        [{ n: 0 }],
        [{ n: 0 }],
      ])
      expect(await prepareds()).toEqual([{ n: 1 }])
      await expect(prepared(db, copied, ['org_x', null]), 'nothing to copy').resolves.toEqual([])
      await house(db, 'org_twice')
      expect(pgCode(await prepared(db, copied, ['org_twice', 'org_twice']).catch((error: unknown) => error))).toBe('23505')
      await db.$disconnect()
      expect(await asked(), 'after it was let go').toEqual([{ n: 0 }])
    } finally {
      await db.$disconnect()
    }
  })

  test('is the same for another copy of the module, as the bundle of the pages has one', async () => {
    const path = './prepared.ts?of-the-bundle'
    const other = (await import(/* @vite-ignore */ path)) as typeof Prepared
    expect(other.prepared).not.toBe(prepared)
    const db = connect(made.url, 1)
    try {
      const text = Prisma.sql`SELECT count(*)::int AS others FROM organisations WHERE id = ${''}`
      const others = other.statement(text)
      const prepareds = () => db.$queryRaw`SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement = ${text.text}`
      await db.$queryRaw`SELECT 1`
      expect(await other.prepared(db, others, ['nobody'])).toEqual([{ others: 0 }])
      expect(await prepareds()).toEqual([{ n: 1 }])
      await other.transact(db, async (tx) => expect(await other.prepared(tx, pid, [])).toEqual(await prepared(tx, pid, [])), {
        timeout: 5_000,
        maxWait: 5_000,
      })
    } finally {
      await db.$disconnect()
    }
  })

  test('is part of its transaction, and of one inside another', async () => {
    await inTransaction({ db: made.db }, async ({ db }) => {
      await house(db, 'org_in')
      expect(await prepared(db, counted, ['org_in'])).toEqual([{ n: 1 }])
      expect(await prepared(made.db, counted, ['org_in'])).toEqual([{ n: 0 }])
      const [outer] = await prepared(db, pid, [])
      expect(await db.$queryRaw(Prisma.sql`SELECT pg_backend_pid() AS pid, pg_current_xact_id()::text AS xact`)).toEqual([outer])
      await inTransaction({ db }, async (inner) => expect(await prepared(inner.db, pid, [])).toEqual([outer]))
    })
    const undone = await inTransactionOrUndo({ db: made.db }, async ({ db }) => {
      await prepared(db, copied, ['org_x', 'nobody'])
      await house(db, 'org_undone')
      return { ok: false }
    })
    expect(undone).toEqual({ ok: false })
    expect(await prepared(made.db, counted, ['org_undone'])).toEqual([{ n: 0 }])
  })

  test('of a transaction that began inside another on the same client is on its own connection', async () => {
    await inTransaction({ db: made.db }, async (outer) => {
      await house(outer.db, 'org_outer')
      await inTransaction({ db: made.db }, async (other) => {
        expect(await prepared(other.db, counted, ['org_outer'])).toEqual([{ n: 0 }])
        expect(await prepared(outer.db, counted, ['org_outer'])).toEqual([{ n: 1 }])
      })
      expect(await prepared(outer.db, counted, ['org_outer'])).toEqual([{ n: 1 }])
    })
  })

  test('is refused by the database as any other, and the transaction with it', async () => {
    await house(made.db, 'org_there')
    const refused = inTransaction({ db: made.db }, async ({ db }) => {
      await house(db, 'org_not')
      await prepared(db, copied, ['org_there', 'org_there'])
    })
    const error = await refused.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(pgCode(error)).toBe('23505')
    expect(violates(error, 'organisations_pkey')).toBe(true)
    expect(await prepared(made.db, counted, ['org_not'])).toEqual([{ n: 0 }])
  })

  test('is not asked once its transaction is over: the connection is somebody else’s', async () => {
    let kept: Db | undefined
    await inTransaction({ db: made.db }, async ({ db }) => {
      kept = db
    })
    await expect(prepared(kept as Db, counted, ['nobody'])).rejects.toThrow('over')
    const failing = inTransaction({ db: made.db }, async ({ db }) => {
      kept = db
      throw new Error('undo')
    })
    await expect(failing).rejects.toThrow('undo')
    await expect(prepared(kept as Db, counted, ['nobody'])).rejects.toThrow('over')
  })

  test('waits for its turn on the connection', async () => {
    await inTransaction({ db: made.db }, async ({ db }) => {
      const answers = await Promise.all([
        prepared(db, counted, ['a']),
        db.organisation.count({ where: { id: 'a' } }),
        prepared(db, counted, ['b']),
      ])
      expect(answers).toEqual([[{ n: 0 }], 0, [{ n: 0 }]])
    })
  })
})
