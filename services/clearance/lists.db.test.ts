import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { asActor, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aShop, type Shop } from '#services/testing/shop.ts'
import { anOrganisation, aPerson } from '#services/testing/world.ts'
import { endMembership } from '../accounts/members.ts'
import { cancelList, mostAtOnce, receiveList } from './lists.ts'
import { runList, sweepLists } from './runs.ts'

let t: TestDb
let shop: Shop
beforeAll(async () => {
  t = await testDb()
  shop = await aShop(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())

const csv = (text: string | Buffer) => Readable.from([Buffer.from(text)])
const header = 'asset,media,territory,from,until,industry,exclusive,reference'
const line = (asset: string, rest = 'web-banner,DE,2027-01-01,2027-12-31,,,') => `${asset},${rest}`

async function sent(person: Person, lines: string[], fields: { holderOrgId?: string } = {}) {
  const ctx = asActor(shop.ctx, person)
  const outcome = await receiveList(ctx, { fileName: 'plan.csv', source: csv([header, ...lines].join('\n')), ...fields })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value.clearanceId
}
const job = (): TestContext => asActor(shop.ctx, { kind: 'system', houseId: shop.houseId, name: 'clearance.run-list' })
const run = (clearanceId: string) => runList(job(), { houseId: shop.houseId, clearanceId })
const list = (id: string) => t.db.clearance.findUniqueOrThrow({ where: { id }, include: { rows: { orderBy: { rowNo: 'asc' } } } })

describe('a list', () => {
  test('is asked row by row, and what cannot be read says what to do', async () => {
    const asset = await shop.asset({ title: 'Kyoto, 1953' })
    const twin = await shop.asset({ title: 'Twice' })
    await shop.asset({ title: 'Twice' })
    const person = await shop.staff('RIGHTS_MANAGER')
    const id = await sent(person, [
      line(asset.id),
      line(String(asset.no)),
      line('"kyoto, 1953"'),
      line(asset.id, '"Web banner or programmatic display",Germany|Austria,2027-01-01,,food,yes,Own name'),
      line('Twice'),
      line(twin.id, 'social advertising,DE AT CH,2027-01-01,,,,'),
      line('Nothing'),
      line(asset.id, 'billbord,DE,2027-12-31,2027-01-01,,,'),
    ])
    expect(await t.db.auditFact.count({ where: { type: 'clearance.asked', subjectId: id } })).toBe(1)
    await run(id)
    const done = await list(id)
    expect(done).toMatchObject({ state: 'DONE', rowsTotal: 8, rowsDone: 8, green: 5, amber: 0, red: 0, errors: 3, storageKey: null })
    expect(done.rows.map(({ light, kind }) => `${light} ${kind}`)).toEqual([
      'GREEN own-use',
      'GREEN own-use',
      'GREEN own-use',
      'GREEN own-use',
      'ERROR several-assets',
      'GREEN own-use',
      'ERROR no-such-asset',
      'ERROR unreadable',
    ])
    expect(done.rows[3]?.use).toMatchObject({
      given: { reference: 'Own name' },
      terms: { media: ['web-banner'], territory: { include: ['DE', 'AT'] }, industry: ['food'], exclusive: true },
    })
    expect(done.rows[5]?.use).toMatchObject({ terms: { media: ['social', 'advertising'], territory: { include: ['DE', 'AT', 'CH'] } } })
    expect(done.rows[7]?.reasons).toEqual([
      { column: 'media', value: 'billbord', words: expect.stringContaining('Did you mean billboard') as string },
      { column: 'until', value: '2027-01-01', words: expect.stringContaining('before the first') as string },
    ])
    expect(await t.db.auditFact.count({ where: { type: 'clearance.finished', subjectId: id } })).toBe(1)
  })

  test('is asked for a customer by the house, and tells the price', async () => {
    const asset = await shop.asset()
    const person = await shop.staff('RIGHTS_MANAGER')
    const buyer = await shop.buyer()
    const id = await sent(person, [line(asset.id)], { holderOrgId: buyer.orgId })
    await run(id)
    const done = await list(id)
    expect(done.rows[0]).toMatchObject({
      light: 'AMBER',
      kind: 'licence-needed',
      price: { currency: 'EUR', minor: expect.stringMatching(/^\d+$/) as string },
    })
  })

  test('is asked for others by the house only', async () => {
    const asset = await shop.asset()
    const [buyer, other] = [await shop.buyer(), await shop.buyer()]
    await expect(sent(buyer, [line(asset.id)], { holderOrgId: other.orgId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(sent(await shop.staff('RIGHTS_MANAGER'), [line(asset.id)], { holderOrgId: 'org_nobody' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('shows outsiders only pictures that they may see', async () => {
    const [shown, hidden, portal] = [
      await shop.asset(),
      await shop.asset({ state: 'DRAFT', title: 'Secret' }),
      await shop.asset({ audience: 'PORTAL' }),
    ]
    const buyer = await shop.buyer()
    const id = await sent(buyer, [line(shown.id), line(hidden.id), line('Secret'), line(portal.id)])
    await run(id)
    expect((await list(id)).rows.map(({ kind }) => kind)).toEqual(['licence-needed', 'no-such-asset', 'no-such-asset', 'no-such-asset'])
  })
})

describe('a file that is no list is refused as a whole', () => {
  const refused = async (bytes: Buffer | string) => {
    const ctx = asActor(shop.ctx, await shop.buyer())
    const before = await t.db.clearance.count()
    const outcome = await receiveList(ctx, { fileName: 'plan.csv', source: csv(bytes) })
    expect(await t.db.clearance.count()).toBe(before)
    return outcome
  }
  const body = `${header}\n${line('Zürich')}\n`
  test.each([
    ['in Latin-1', Buffer.from(body, 'latin1'), 2, 'asset', /not UTF-8/],
    ['in UTF-16', Buffer.from(`\uFEFF${body}`, 'utf16le'), 1, 'A', /UTF-16/],
    ['that is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0xff]), 1, 'A', /no text file/],
    ['without a header', `${line('a')}\n${line('b')}`, 1, 'A', /must name the columns/],
    ['with an unknown column', `${header},colour\n${line('a')},red`, 1, 'I', /no column “colour”/],
    ['with a column twice', `${header},Media\n${line('a')},social`, 1, 'I', /twice/],
    ['without a column that it needs', 'asset,media,from\na,social,2027-01-01', 1, 'territory', /missing/],
    ['without a use', `${header}\n`, 1, 'A', /holds no uses/],
    ['with too many uses', `${header}\n${`${line('a')}\n`.repeat(5_001)}`, 5_002, 'A', /5,000 uses/],
    ['with a quotation mark too many', `${header}\n"a,social,DE,2027-01-01`, 2, 'A', /quotation mark/],
    ['with more cells than columns', `${header}\n${line('a')},x,y`, 2, 'reference', /10 cells/],
  ])('%s', async (_what, bytes, row, column, message) => {
    const outcome = await refused(bytes)
    expect(outcome).toMatchObject({ ok: false, error: 'unreadable-list' })
    const [fault] = ((outcome as { detail?: unknown }).detail as { faults: { row: number; column: string; message: string }[] }).faults
    expect(fault).toMatchObject({ row, column })
    expect(fault?.message).toMatch(message)
  })

  test('empty, or longer than a list may be', async () => {
    expect(await refused('')).toEqual({ ok: false, error: 'empty' })
    expect(await refused(Buffer.alloc(5_000_001, 'a'))).toMatchObject({ ok: false, error: 'too-large' })
  })

  test('before a byte of it is read, where it says how long it is', async () => {
    const ctx = asActor(shop.ctx, await shop.buyer())
    const source = csv('never read')
    expect(await receiveList(ctx, { fileName: 'plan.csv', source, declaredSize: 100_000_000 })).toMatchObject({
      ok: false,
      error: 'too-large',
    })
    expect(source.destroyed).toBe(true)
  })

  test('that breaks off', async () => {
    const ctx = asActor(shop.ctx, await shop.buyer())
    const source = csv(header)
    expect(await receiveList(ctx, { fileName: 'plan.csv', source, declaredSize: 4_000 })).toEqual({ ok: false, error: 'cut-off' })
  })

  test('separators, headers in any order and a byte order mark are understood', async () => {
    const asset = await shop.asset()
    const person = await shop.staff('RIGHTS_MANAGER')
    const ctx = asActor(shop.ctx, person)
    for (const mark of [';', '\t', ',']) {
      const text = `\uFEFF${['Until', 'Country', 'Medium', 'Start', 'Image'].join(mark)}\r\n${['', 'DE|AT', 'social|Calendar', '2027-01-01', asset.id].join(mark)}\r\n\r\n`
      const outcome = await receiveList(ctx, { fileName: '../../etc/plan.csv', source: csv(text) })
      if (!outcome.ok) throw new Error(JSON.stringify(outcome))
      await run(outcome.value.clearanceId)
      expect(await list(outcome.value.clearanceId)).toMatchObject({ name: 'plan.csv', state: 'DONE', green: 1 })
    }
  })
})

describe('a run', () => {
  const many = (asset: { id: string }, n = 1_200) =>
    Array.from({ length: n }, (_, i) => line(asset.id, `social,DE,2027-01-01,,,,Use ${i + 1}`))

  test('that was killed is taken up where it stands, and no row is answered twice', async () => {
    const asset = await shop.asset()
    const id = await sent(await shop.staff('RIGHTS_MANAGER'), many(asset))
    let left = 1
    const transact = job().db
    // Stops the world after the first batch, as a kill would.
    const dying = {
      ...job(),
      storage: shop.ctx.storage,
      db: new Proxy(transact, {
        get(target, name, receiver) {
          if (name === '$transaction' && left-- <= 0) throw new Error('killed')
          const value = Reflect.get(target, name, receiver) as unknown
          return typeof value === 'function' ? (value as () => unknown).bind(target) : value
        },
      }),
    }
    await expect(runList(dying, { houseId: shop.houseId, clearanceId: id })).rejects.toThrow('killed')
    expect(await list(id)).toMatchObject({ state: 'RUNNING', rowsDone: 1_000, green: 1_000 })
    await run(id)
    const done = await list(id)
    expect(done).toMatchObject({ state: 'DONE', rowsDone: 1_200, green: 1_200 })
    expect(done.rows.map(({ use }) => (use as { given: { reference: string } }).given.reference)).toEqual(
      Array.from({ length: 1_200 }, (_, i) => `Use ${i + 1}`),
    )
  })

  test('of two workers at once answers each row once', async () => {
    const asset = await shop.asset()
    const id = await sent(await shop.staff('RIGHTS_MANAGER'), many(asset))
    await Promise.all([run(id), run(id), run(id)])
    const done = await list(id)
    expect(done).toMatchObject({ state: 'DONE', rowsDone: 1_200, green: 1_200 })
    expect(done.rows).toHaveLength(1_200)
    expect(await t.db.auditFact.count({ where: { type: 'clearance.finished', subjectId: id } })).toBe(1)
  })

  test('ends where the list is cancelled; of two cancels one is told', async () => {
    const asset = await shop.asset()
    const person = await shop.staff('RIGHTS_MANAGER')
    const id = await sent(person, many(asset))
    const ctx = asActor(shop.ctx, person)
    const outcomes = await Promise.all([run(id), cancelList(ctx, id), cancelList(ctx, id)])
    const told = outcomes.slice(1) as Awaited<ReturnType<typeof cancelList>>[]
    expect(told.filter((one) => one.ok)).toHaveLength(1)
    expect(told).toContainEqual({ ok: false, error: 'already-finished' })
    const after = await list(id)
    expect(after.state).toBe('CANCELLED')
    expect(after.rows).toHaveLength(after.rowsDone)
    await run(id)
    expect((await list(id)).state).toBe('CANCELLED')
  })

  test('is not cancelled by another organisation', async () => {
    const asset = await shop.asset()
    const id = await sent(await shop.buyer(), [line(asset.id)])
    for (const stranger of [await shop.buyer(), await shop.staff('ADMINISTRATOR')])
      await expect(cancelList(asActor(shop.ctx, stranger), id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('fails where the seat of its asker has ended, or its file is gone', async () => {
    const asset = await shop.asset()
    const org = await anOrganisation(shop.ctx, { houseId: shop.houseId, kind: 'CUSTOMER' })
    const leaver = await aPerson(shop.ctx, { houseId: shop.houseId, orgId: org.id, roles: ['CUSTOMER'] })
    const first = await sent(leaver, [line(asset.id)])
    await endMembership(asActor(shop.ctx, await shop.staff('ADMINISTRATOR')), { memberId: leaver.memberId })
    await run(first)
    expect(await list(first)).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('seat') as string, rowsDone: 0 })
    await expect(shop.ctx.storage.open(`clearance/${first}`)).rejects.toMatchObject({ code: 'not-found' })
    const second = await sent(await shop.buyer(), [line(asset.id)])
    await shop.ctx.storage.remove(`clearance/${second}`)
    await run(second)
    expect(await list(second)).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('file') as string })
  })

  test('that nobody began is taken up by the sweep, and given up after an hour', async () => {
    const asset = await shop.asset()
    const id = await sent(await shop.buyer(), [line(asset.id)])
    const jobs = () => t.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM graphile_worker.jobs WHERE key = ${`clearance:${id}`}`
    await t.db.$executeRaw`SELECT graphile_worker.remove_job(${`clearance:${id}`})`
    const ctx = { ...job(), clock: { ...shop.ctx.clock } }
    await sweepLists(ctx)
    expect(await jobs()).toEqual([{ n: 0n }])
    const later = (minutes: number) => ({
      ...ctx,
      clock: { ...ctx.clock, now: () => new Date(shop.ctx.clock.now().getTime() + minutes * 60_000) },
    })
    await sweepLists(later(3))
    expect(await jobs()).toEqual([{ n: 1n }])
    await sweepLists(later(61))
    expect(await list(id)).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('hour') as string })
  })

  test('an organisation has so many under way at once', async () => {
    const asset = await shop.asset()
    const buyer = await shop.buyer()
    for (let n = 1; n < mostAtOnce; n++) await sent(buyer, [line(asset.id)])
    const ctx = asActor(shop.ctx, buyer)
    const outcomes = await Promise.all(
      [1, 2].map(() => receiveList(ctx, { fileName: 'plan.csv', source: csv(`${header}\n${line(asset.id)}`) })),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, error: 'too-many-lists', detail: { most: mostAtOnce } })
  })
})
