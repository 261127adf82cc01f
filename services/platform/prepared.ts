import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from './generated/prisma/client.ts'

/*
 * The few statements that every sale and every search asks go to Prisma's own driver: prepared once a connection, their rows
 * read without Prisma's engine between. Same pool, same connection and transaction, same errors; a third of the processor time.
 */

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>
type Started = Awaited<ReturnType<Adapter['startTransaction']>>
type Asked = Parameters<Started['queryRaw']>[0]

interface Open {
  ask(query: Asked): ReturnType<Started['queryRaw']>
  /** From its COMMIT or ROLLBACK on the connection is somebody else's. */
  over: boolean
}

/**
 * What every copy of this module knows. The web process has two: the one that it was started with connects, the one in the bundle of its
 * pages asks. Each for itself, no question of a page would find its driver or its prepared statement.
 */
interface Known {
  starting: AsyncLocalStorage<{ open?: Open } | undefined>
  openOnes: WeakMap<object, Open>
  drivers: WeakMap<object, Driver>
  /** Of statements, by their text. */
  names: Map<string, string>
}
const place = Symbol.for('clearmark.prepared')
const { starting, openOnes, drivers, names } = ((globalThis as { [place]?: Known })[place] ??= {
  starting: new AsyncLocalStorage(),
  openOnes: new WeakMap(),
  drivers: new WeakMap(),
  names: new Map(),
})

/**
 * A transaction is one connection, and a connection does one thing after another. Prisma reads the relations of an `include`
 * all at once, in a transaction too; the driver queues them, says that it will soon refuse to, and so they are queued here.
 */
function oneAtATime(started: Started): Started {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn =
    <Q, R>(run: (query: Q) => Promise<R>) =>
    (query: Q): Promise<R> => {
      const turn = last.then(() => run(query))
      last = turn.catch(() => undefined)
      return turn
    }
  const open: Open = { ask: inTurn(started.queryRaw.bind(started)), over: false }
  const execute = inTurn(started.executeRaw.bind(started))
  started.queryRaw = open.ask
  started.executeRaw = (query) => {
    if (query.sql === 'COMMIT' || query.sql === 'ROLLBACK') open.over = true
    return execute(query)
  }
  const slot = starting.getStore()
  if (slot) slot.open = open
  return started
}

class Driver extends PrismaPg {
  /** Prisma's pool, from its first question until it is let go. */
  pool: Adapter | undefined
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect()
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (level) => oneAtATime(await start(level))
    const dispose = adapter.dispose.bind(adapter)
    adapter.dispose = () => {
      if (this.pool === adapter) this.pool = undefined
      return dispose()
    }
    this.pool = adapter
    return adapter
  }
}

/** UTC, since the driver adapter drops offsets. */
const settings = '-c TimeZone=UTC'

/** A client over a pool of `max` connections. */
export function connect(url: string, max = 10): PrismaClient {
  const driver = new Driver(
    { connectionString: url, max, options: settings },
    { statementNameGenerator: ({ sql }) => names.get(sql) as string },
  )
  const client = new PrismaClient({ adapter: driver })
  drivers.set(client, driver)
  return client
}

/** Prisma's interactive transaction, whose connection `prepared` can find. */
export function transact<R>(
  db: Prisma.TransactionClient,
  work: (tx: Prisma.TransactionClient) => Promise<R>,
  options: { timeout: number; maxWait: number },
): Promise<R> {
  const slot: { open?: Open } = {}
  return starting.run(slot, () =>
    db.$transaction((tx) => {
      // One inside another is a savepoint on the same connection.
      const open = slot.open ?? openOnes.get(db)
      if (open) openOnes.set(tx, open)
      // A transaction of another client that starts inside this one is not this one.
      return starting.run(undefined, () => work(tx))
    }, options),
  )
}

/** A statement of a fixed text, which each connection prepares once. */
export interface Statement {
  text: string
  strings: readonly string[]
}

/** Made once, from the query with any values: a list belongs into one parameter, never into the text. */
export function statement({ text, strings }: Prisma.Sql): Statement {
  names.set(text, `s${createHash('sha256').update(text).digest('hex').slice(0, 20)}`)
  return { text, strings }
}

/**
 * What `$queryRaw` answers to the statement with these values. In a transaction of `inTransaction` its driver is asked, outside of
 * any the pool; Prisma itself only where it has not connected yet, or where a transaction is its own.
 */
export async function prepared<R>(db: Prisma.TransactionClient, { text, strings }: Statement, values: readonly unknown[]): Promise<R[]> {
  const open = openOnes.get(db)
  if (open?.over) throw new Error('this transaction is over')
  const pool = drivers.get(db)?.pool
  const ask = open?.ask ?? pool?.queryRaw.bind(pool)
  if (!ask) return db.$queryRaw<R[]>(new Prisma.Sql(strings, values))
  const args = values.map(sent)
  const { columnNames, columnTypes, rows } = await ask({ sql: text, args, argTypes: args.map(typeOf) })
  const readers = columnTypes.map((type) => read[type])
  return rows.map((row) => {
    const answer: Record<string, unknown> = {}
    for (let i = 0; i < columnNames.length; i++) {
      const value = row[i]
      const reader = readers[i]
      answer[columnNames[i] as string] = reader && value !== null ? reader(value) : value
    }
    return answer as R
  })
}

const sent = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : Array.isArray(value) ? value.map(sent) : value)
const one: Asked['argTypes'][number] = { scalarType: 'unknown', arity: 'scalar' }
const list: Asked['argTypes'][number] = { scalarType: 'unknown', arity: 'list' }
const typeOf = (value: unknown): Asked['argTypes'][number] => (Array.isArray(value) ? list : one)

const int64 = (value: unknown): bigint => BigInt(value as string)
const instant = (value: unknown): Date => new Date(value as string)
/** By the driver adapter's kinds of columns: what does not come as Prisma gives it. */
const read: Partial<Record<number, (value: unknown) => unknown>> = {
  1: int64,
  10: instant,
  11: (value) => JSON.parse(value as string) as unknown,
  65: (value) => (value as (string | null)[]).map((item) => (item === null ? null : int64(item))),
  74: (value) => (value as (string | null)[]).map((item) => (item === null ? null : instant(item))),
}
