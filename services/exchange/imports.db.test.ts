import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { csvLine } from '../compliance/rules/csv.ts'
import type { Person } from '../kernel/actor.ts'
import { ImportKind, ImportState } from '../platform/generated/prisma/enums.ts'
import { addAcquisition } from '../rights/acquisitions.ts'
import { applyImport, dropImport, writeImport } from './applying.ts'
import { checkImport, sweepImports } from './checking.ts'
import { receiveImport } from './intake.ts'
import { importPage, importsPage, problemLines } from './import-views.ts'
import { importStateNames } from './rules/import-states.ts'
import { importKinds, limits, type TableKind } from './rules/kinds.ts'
import { headerOf } from './rules/written.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(async () => t[Symbol.asyncDispose]())

type World = TestContext & { actor: Person }
async function world() {
  const base = testContext(t.db)
  const house = await aHouse(base)
  const ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['RIGHTS_MANAGER'] })) as World
  const asset = await anAsset(ctx, { houseId: house.id, held: false, title: `Pier ${house.id}` })
  const job = asActor(base, { kind: 'system', houseId: house.id, name: 'test' }) as unknown as World
  return { base, house, ctx, job, asset }
}
const send = async (ctx: World, kind: (typeof importKinds)[number], body: string | Buffer) => {
  const outcome = await receiveImport(ctx, { kind, fileName: 'C:\\rights.csv', source: Readable.from([Buffer.from(body)]) })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.importId
}
const csv = (kind: TableKind, ...rows: Record<string, string>[]) =>
  csvLine(headerOf(kind)) + rows.map((row) => csvLine(headerOf(kind).map((name) => row[name] ?? ''))).join('')
const held = (asset: string, change: Record<string, string> = {}) => ({
  asset,
  contract: 'BR-14',
  licensor: 'Studio Brandt',
  sub_licensable: 'yes',
  media: 'ALL',
  territory: 'WORLD',
  from: '2026-01-01',
  ...change,
})
const sale = (asset: string, change: Record<string, string> = {}) => ({
  asset,
  shop: 'Alpine Stock',
  reference: 'AS-1',
  sold_at: '2026-03-02',
  exclusive: 'yes',
  media: 'social',
  territory: 'DE',
  from: '2026-04-01',
  until: '2027-03-31',
  ...change,
})
/** Sends, checks, applies and writes, as people and the worker do in turn. */
async function bring(ctx: World, job: World, kind: (typeof importKinds)[number], body: string) {
  const id = await send(ctx, kind, body)
  await checkImport(job, { importId: id })
  const applied = await applyImport(ctx, id)
  if (applied.ok) await writeImport(job, { importId: id })
  return { id, applied, page: await importPage(ctx, id, null) }
}
const problemsOf = async (ctx: World, job: World, body: string | Buffer, kind: (typeof importKinds)[number] = 'ACQUISITIONS') => {
  const id = await send(ctx, kind, body)
  await checkImport(job, { importId: id })
  const { problems } = await importPage(ctx, id, null)
  return problems.items.map(({ row, column, message }) => `${row} ${column}: ${message}`)
}

test('the words of code and database are the same', () => {
  expect([...importKinds]).toEqual(Object.values(ImportKind))
  expect([...importStateNames]).toEqual(Object.values(ImportState))
})

describe('a file', () => {
  test('is checked, shown in words, applied by a person and written, contract and all', async () => {
    const { ctx, job, asset } = await world()
    const other = await anAsset(ctx, { houseId: ctx.actor.houseId, held: false, title: 'Zoë in Gdańsk' })
    const id = await send(
      ctx,
      'ACQUISITIONS',
      csv('ACQUISITIONS', held(asset.id), held('zoë in gdańsk', { media: 'social', contract: 'BR-15' })),
    )
    await checkImport(job, { importId: id })
    const checked = await importPage(ctx, id, null)
    expect(checked).toMatchObject({ state: 'CHECKED', fileName: 'rights.csv', rowsGood: 2, rowsBad: 0, mayApply: true, pictures: 2 })
    expect(checked.preview[1]).toMatchObject({ row: 3, title: 'Zoë in Gdańsk', what: 'BR-15, from Studio Brandt' })
    expect(checked.preview[1]?.words).toContain('Social media')
    expect(await t.db.acquisition.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)

    expect(await applyImport(ctx, id)).toEqual({ ok: true, value: null })
    await writeImport(job, { importId: id })
    expect(await importPage(ctx, id, null)).toMatchObject({
      state: 'DONE',
      added: 2,
      known: 0,
      replaced: 0,
      contracts: 2,
      appliedBy: ctx.actor.name,
    })
    const rows = await t.db.acquisition.findMany({
      where: { assetId: { in: [asset.id, other.id] } },
      select: { contract: true, recordedById: true, terms: true },
    })
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ recordedById: ctx.actor.userId, terms: { zone: 'Europe/Berlin', until: null } })
    expect(await t.db.contract.count({ where: { houseId: ctx.actor.houseId } })).toBe(2)
    const facts = await t.db.auditFact.findMany({ where: { houseId: ctx.actor.houseId }, select: { type: true } })
    expect(facts.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['import.received', 'import.checked', 'import.applied', 'rights.imported']),
    )
  })

  test('that comes again adds nothing; nor does a row that is recorded already, or stands in it twice', async () => {
    const { ctx, job, asset } = await world()
    const body = csv('ACQUISITIONS', held(asset.id), held(asset.id, { media: 'social' }), held(asset.id))
    expect((await bring(ctx, job, 'ACQUISITIONS', body)).page).toMatchObject({ added: 2, known: 1 })
    expect((await bring(ctx, job, 'ACQUISITIONS', body)).page).toMatchObject({ added: 0, known: 3, contracts: 0 })
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(2)
  })

  test('replaces what is recorded under the same contract where it says so, and nothing else', async () => {
    const { ctx, job, asset } = await world()
    const terms = {
      media: ['ALL'],
      territory: { include: ['WORLD'] },
      industry: 'ALL' as const,
      from: '2026-01-01',
      until: null,
      zone: 'Europe/Berlin',
      exclusive: false,
    }
    for (const contract of ['BR-14', 'OTHER'])
      await addAcquisition(ctx, { assetId: asset.id, contract, licensor: 'Studio Brandt', subLicensable: true, terms })
    const rows = [held(asset.id, { media: 'social', replaces: 'yes' }), held(asset.id, { replaces: 'yes', territory: 'DACH' })]
    expect((await bring(ctx, job, 'ACQUISITIONS', csv('ACQUISITIONS', ...rows))).page).toMatchObject({ added: 2, replaced: 1 })
    expect((await bring(ctx, job, 'ACQUISITIONS', csv('ACQUISITIONS', ...rows))).page).toMatchObject({ added: 0, replaced: 0, known: 2 })
    const current = await t.db.acquisition.findMany({
      where: { assetId: asset.id, supersededAt: null },
      select: { contract: true },
      orderBy: { contract: 'asc' },
    })
    expect(current.map(({ contract }) => contract)).toEqual(['BR-14', 'BR-14', 'OTHER'])
  })

  test('brings releases with their children and guardians, restrictions, and what they replace', async () => {
    const { ctx, job, asset } = await world()
    const release = {
      asset: asset.id,
      kind: 'model',
      status: 'limited',
      reference: 'MR-1',
      minor: 'yes',
      guardian: 'A. Meyer',
      ai_uses: 'yes',
      media: 'editorial',
      territory: 'EU27',
      from: '2026-01-01',
    }
    expect((await bring(ctx, job, 'RELEASES', csv('RELEASES', release))).page).toMatchObject({ added: 1 })
    expect((await bring(ctx, job, 'RELEASES', csv('RELEASES', { ...release, status: 'WITHDRAWN', replaces: 'yes' }))).page).toMatchObject({
      added: 1,
      replaced: 1,
    })
    const [row] = await t.db.release.findMany({ where: { assetId: asset.id, supersededAt: null } })
    expect(row).toMatchObject({ kind: 'MODEL', status: 'WITHDRAWN', minor: true, guardian: 'A. Meyer', aiUses: true })
    const ban = {
      asset: asset.id,
      kind: 'EMBARGO',
      reason: 'Not before the fair',
      media: 'ALL',
      territory: 'WORLD',
      from: '2026-01-01',
      until: '2026-12-31',
    }
    expect((await bring(ctx, job, 'RESTRICTIONS', csv('RESTRICTIONS', ban))).page).toMatchObject({ added: 1 })
  })

  test('of sales is written although one collides; the worklist has that one', async () => {
    const { ctx, job, asset } = await world()
    await bring(ctx, job, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id)))
    const body = csv(
      'SALES',
      sale(asset.id),
      sale(asset.id, { reference: 'AS-2', sold_at: '2026-05-01' }),
      sale(asset.id, { reference: 'AS-3', territory: 'FR' }),
    )
    const { page, id } = await bring(ctx, job, 'SALES', body)
    expect(page).toMatchObject({ state: 'DONE', added: 3, collides: 1 })
    expect(
      await t.db.importedSale.findMany({
        where: { importId: id },
        select: { reference: true, state: true },
        orderBy: { reference: 'asc' },
      }),
    ).toEqual([
      { reference: 'AS-1', state: 'CLAIMED' },
      { reference: 'AS-2', state: 'COLLIDES' },
      { reference: 'AS-3', state: 'CLAIMED' },
    ])
    expect((await bring(ctx, job, 'SALES', body)).page).toMatchObject({ added: 0, known: 3, collides: 0 })
  })

  test('is dropped before it is written, and not after', async () => {
    const { ctx, job, asset } = await world()
    const id = await send(ctx, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id)))
    expect(await dropImport(ctx, id)).toEqual({ ok: true, value: null })
    await checkImport(job, { importId: id })
    expect(await importPage(ctx, id, null)).toMatchObject({ state: 'DROPPED', mayApply: false })
    expect(await dropImport(ctx, id)).toMatchObject({ ok: false, error: 'too-late' })
    expect(await applyImport(ctx, id)).toMatchObject({ ok: false, error: 'not-checked' })
  })

  test('with a problem, or with nothing in it, is written in no part', async () => {
    const { ctx, job, asset } = await world()
    const { applied } = await bring(ctx, job, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id), held(asset.id, { media: 'telepathy' })))
    expect(applied).toMatchObject({ ok: false, error: 'has-problems' })
    expect((await bring(ctx, job, 'ACQUISITIONS', csv('ACQUISITIONS'))).applied).toMatchObject({ ok: false, error: 'nothing-in-it' })
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(0)
  })

  test('whose pictures were renamed since the check fails as a whole, with a sentence', async () => {
    const { ctx, job, asset } = await world()
    const id = await send(ctx, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id), held(asset.title, { contract: 'B' })))
    await checkImport(job, { importId: id })
    await applyImport(ctx, id)
    await t.db.asset.update({ where: { id: asset.id }, data: { title: 'Another' } })
    await writeImport(job, { importId: id })
    const page = await importPage(ctx, id, null)
    expect(page.state).toBe('FAILED')
    expect(page.failure).toContain('row 3 (asset) is no longer good')
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(0)
  })
})

describe('a file that can never be finished says so, instead of being tried for ever', () => {
  test('because the database refuses a row of it', async () => {
    const { ctx, job, asset } = await world()
    await t.db.$executeRaw`ALTER TABLE acquisitions ADD CONSTRAINT refused CHECK (contract <> 'REFUSED')`
    const { id, page } = await bring(ctx, job, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id), held(asset.id, { contract: 'REFUSED' })))
    await t.db.$executeRaw`ALTER TABLE acquisitions DROP CONSTRAINT refused`
    expect(page).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('The database refused a row') as string })
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(0)
    await writeImport(job, { importId: id })
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(0)
  })

  test('because nobody could check it in an hour', async () => {
    const { ctx, asset } = await world()
    const id = await send(ctx, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id)))
    const at = (minutes: number) => ({ db: t.db, clock: { now: () => new Date(ctx.clock.now().getTime() + minutes * 60_000) } })
    await sweepImports(at(59))
    expect((await importPage(ctx, id, null)).state).toBe('CHECKING')
    await sweepImports(at(61))
    expect(await importPage(ctx, id, null)).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('within an hour') as string })
  })
})

describe('two at once', () => {
  test('apply it: one does; two workers write it: once', async () => {
    const { ctx, job, asset } = await world()
    const id = await send(ctx, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id)))
    await Promise.all([checkImport(job, { importId: id }), checkImport(job, { importId: id })])
    const outcomes = await Promise.all([applyImport(ctx, id), applyImport(ctx, id), dropImport(ctx, id)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    if ((await importPage(ctx, id, null)).state === 'DROPPED') return
    await Promise.all([writeImport(job, { importId: id }), writeImport(job, { importId: id })])
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(1)
    expect(await t.db.auditFact.count({ where: { houseId: ctx.actor.houseId, type: 'rights.imported' } })).toBe(1)
  })

  test('a worker that dies in the middle leaves nothing, and the sweep takes the file up again', async () => {
    const { ctx, job, asset } = await world()
    const id = await send(ctx, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id)))
    const broken = { ...job, storage: { ...job.storage, open: () => Promise.reject(new Error('power cut')) } }
    await expect(checkImport(broken, { importId: id })).rejects.toThrow('power cut')
    await checkImport(job, { importId: id })
    await applyImport(ctx, id)
    // Killed after the rows were written, before the end was: the transaction takes them back.
    const dies = {
      ...job,
      clock: {
        now: () => {
          if (++looks > 4) throw new Error('killed')
          return job.clock.now()
        },
      },
    }
    let looks = 0
    await expect(writeImport(dies, { importId: id })).rejects.toThrow('killed')
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(0)
    expect(await importPage(ctx, id, null)).toMatchObject({ state: 'APPLYING' })

    expect(await sweepImports({ db: t.db, clock: { now: () => new Date(ctx.clock.now().getTime() + 11 * 60_000) } })).toBeGreaterThan(0)
    const [queued] = await t.db.$queryRaw<
      { n: bigint }[]
    >`SELECT count(*) AS n FROM graphile_worker.jobs WHERE key = ${`exchange.apply-import:${id}`}`
    expect(queued?.n).toBe(1n)
    await writeImport(job, { importId: id })
    expect(await t.db.acquisition.count({ where: { assetId: asset.id } })).toBe(1)
  })
})

describe('what is wrong is said with row and column', () => {
  test('in a cell, in the asset, in the number of cells', async () => {
    const { ctx, job, asset } = await world()
    for (let i = 0; i < 2; i++) await anAsset(ctx, { houseId: ctx.actor.houseId, title: 'Two of a kind' })
    const { asset: theirs } = await world()
    const said = await problemsOf(
      ctx,
      job,
      csv('ACQUISITIONS', held(asset.id, { media: 'web-baner' }), held('nowhere.jpg'), held('two of a kind'), held(theirs.id)) +
        `${asset.id},a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\r\n`,
    )
    expect(said[0]).toMatch(/^2 media: There is no medium “web-baner”\. Did you mean web-banner/)
    expect(said[1]).toMatch(/^3 asset: There is no such picture/)
    expect(said[2]).toMatch(/^4 asset: Several pictures are called so/)
    expect(said[3]).toMatch(/^5 asset: There is no such picture/)
    expect(said[4]).toMatch(/^6 replaces: This row has 16 cells, the first row names 13 columns/)
  })

  test.each([
    ['a workbook', Buffer.from('PK\x03\x04aaaa', 'latin1'), '1 A: This is an Excel workbook'],
    ['UTF-16', Buffer.from(`\uFEFF${csv('ACQUISITIONS', held('x'))}`, 'utf16le'), '1 A: The file is in UTF-16'],
    ['UTF-16 without a mark', Buffer.from(csv('ACQUISITIONS', held('x')), 'utf16le'), '1 A: The file is in UTF-16'],
    [
      'Latin-1',
      Buffer.from(csv('ACQUISITIONS', held('x', { licensor: 'Müller' })), 'latin1'),
      '2 licensor: Letters of this cell are not UTF-8. Save the file as “CSV UTF-8”',
    ],
    ['bytes of no text', Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 7) % 31)), '1 A: This is no text file'],
    ['a PDF', Buffer.from('%PDF-1.7'), '1 A: This is a PDF'],
    ['no header', 'harbour.jpg,BR-14,Brandt\r\n', '1 A: The first row must name the columns'],
    ['an open quotation mark', `${csvLine(headerOf('ACQUISITIONS'))}"harbour,BR`, '2 A: A quotation mark was opened and never closed'],
    [
      'a quotation mark in the middle',
      `${csvLine(headerOf('ACQUISITIONS'))}har"bour,BR\r\n`,
      '2 A: A quotation mark stands where none may',
    ],
    ['a NUL byte', csv('ACQUISITIONS', held('x', { licensor: 'a\0b' })), '2 licensor: The cell holds a NUL byte'],
    ['a sale twice', csv('SALES', sale('x'), sale('x')), '3 reference: Row 2 has this number of Alpine Stock already.'],
  ])('%s', async (_, body, message) => {
    const { ctx, job } = await world()
    const said = await problemsOf(ctx, job, body as string | Buffer, String(_).includes('sale') ? 'SALES' : 'ACQUISITIONS')
    expect(said.join('\n')).toContain(message)
  })

  test('with semicolons, tabs and a byte order mark it is read all the same', async () => {
    const { ctx, job, asset } = await world()
    const plain = csv('ACQUISITIONS', held(asset.id))
    expect(await problemsOf(ctx, job, `\uFEFF${plain.replaceAll(',', ';')}`)).toEqual([])
    expect(await problemsOf(ctx, job, plain.replaceAll(',', '\t'))).toEqual([])
  })

  test('a thousand complaints are kept, all are counted, and they come as CSV', async () => {
    const { ctx, job } = await world()
    const id = await send(
      ctx,
      'ACQUISITIONS',
      csvLine(headerOf('ACQUISITIONS')) + csvLine(Object.values(held('x', { media: '=bad' }))).repeat(1_200),
    )
    await checkImport(job, { importId: id })
    const page = await importPage(ctx, id, null)
    expect(page.problemsKept).toBe(1_000)
    expect(page.problemCount).toBeGreaterThan(1_200)
    expect(page.problems.items).toHaveLength(50)
    const second = await importPage(ctx, id, page.problems.next)
    expect(second.problems.items[0]?.row).toBeGreaterThan(page.problems.items[0]?.row ?? 0)
    const lines: string[] = []
    for await (const chunk of (await problemLines(ctx, id)).chunks) lines.push(chunk)
    expect(lines.join('').split('\r\n')).toHaveLength(1_002)
  })
})

describe('a file that is too big', () => {
  test('is refused by what it says of itself, and as soon as it is too long', async () => {
    const { ctx } = await world()
    const big = (declaredSize?: number) =>
      receiveImport(ctx, {
        kind: 'ACQUISITIONS',
        fileName: 'big.csv',
        declaredSize,
        source: Readable.from(
          (function* () {
            for (let i = 0; i < 100; i++) {
              sent++
              yield Buffer.alloc(1 << 20, 'a')
            }
          })(),
          { objectMode: false },
        ),
      })
    let sent = 0
    expect(await big(100 << 20)).toMatchObject({ ok: false, error: 'too-large' })
    expect(sent).toBe(0)
    expect(await big()).toMatchObject({ ok: false, error: 'too-large', detail: { limit: limits.bytes } })
    expect(sent).toBeLessThan(30)
    expect(await receiveImport(ctx, { kind: 'SALES', fileName: 'x', source: Readable.from([]) })).toMatchObject({
      ok: false,
      error: 'empty',
    })
    expect(
      await receiveImport(ctx, { kind: 'SALES', fileName: 'x', declaredSize: 10, source: Readable.from([Buffer.from('abc')]) }),
    ).toMatchObject({ ok: false, error: 'cut-off' })
    expect(await t.db.rightsImport.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)
  })

  test('has more rows than one file may hold: said with the row, and read no further', async () => {
    const { ctx, job, asset } = await world()
    const row = csvLine([asset.id, '', 'B', 'L', 'yes', '', 'ALL', 'WORLD', '', '2026-01-01', '', '', ''])
    const said = await problemsOf(ctx, job, csvLine(headerOf('ACQUISITIONS')) + row.repeat(limits.rows + 50))
    expect(said).toEqual([expect.stringContaining('50002 A: A file may hold 50,000 rows.')])
  })
})

test('ten thousand rows are written by a handful of statements', async () => {
  const { ctx, job, asset } = await world()
  const row = (i: number) => csvLine([asset.id, '', `B-${i}`, 'L', 'yes', '', 'ALL', 'WORLD', '', '2026-01-01', '', '', ''])
  const { page } = await bring(
    ctx,
    job,
    'ACQUISITIONS',
    csvLine(headerOf('ACQUISITIONS')) + Array.from({ length: 10_000 }, (_, i) => row(i)).join(''),
  )
  expect(page).toMatchObject({ state: 'DONE', added: 10_000, contracts: 10_000 })
})

test('only rights managers bring files in; auditors read; nobody of another house sees them', async () => {
  const { ctx, base, house, job, asset } = await world()
  const id = await send(ctx, 'ACQUISITIONS', csv('ACQUISITIONS', held(asset.id)))
  const auditor = asActor(base, await aPerson(base, { houseId: house.id, roles: ['AUDITOR'] })) as World
  const librarian = asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] })) as World
  expect((await importsPage(auditor, null)).items).toHaveLength(1)
  expect(await importPage(auditor, id, null)).toMatchObject({ mayApply: false })
  await expect(send(auditor, 'SALES', 'x')).rejects.toThrow('exchange')
  await expect(applyImport(auditor, id)).rejects.toThrow('exchange')
  await expect(dropImport(auditor, id)).rejects.toThrow('exchange')
  await expect(importsPage(librarian, null)).rejects.toThrow('see-exchange')
  const { ctx: stranger, job: theirJob } = await world()
  await expect(importPage(stranger, id, null)).rejects.toThrow('no import')
  await expect(applyImport(stranger, id)).rejects.toThrow('no import')
  await expect(dropImport(stranger, id)).rejects.toThrow('no import')
  await checkImport(theirJob, { importId: id })
  expect(await importPage(ctx, id, null)).toMatchObject({ state: 'CHECKING' })
  await checkImport(job, { importId: id })
})
