import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { inTransaction } from '#services/platform/db.ts'
import { pdfkitPdf } from '#services/platform/pdf/pdfkit.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { exportTrail, verifyTrail } from './audit.ts'
import { publishedKeys, publishKey } from './keys.ts'
import { record } from './record.ts'
import { exportReportCsv, exportReportPdf, rowsOf } from './reports.ts'
import { reportKinds } from './rules/report-kinds.ts'
import { spanOf } from './spans.ts'
import { complianceOverview, deliveriesPage, reportPage, trailPage } from './views.ts'

let t: TestDb
beforeAll(async () => {
  t = await testDb()
})
afterAll(() => t[Symbol.asyncDispose]())

type Auditing = TestContext & { actor: Person }

/** A house in which something has happened: facts, deliveries, refusals. */
async function aBusyHouse(facts = 5): Promise<{ ctx: Auditing; assetId: string }> {
  const bare = testContext(t.db, { pdf: pdfkitPdf() })
  const house = await aHouse(bare)
  const auditor = await aPerson(bare, { houseId: house.id, roles: ['AUDITOR'], name: '=Łucja Żółw' })
  const ctx = { ...bare, actor: auditor }
  const asset = await anAsset(bare, { houseId: house.id, title: 'Harbour, "at dawn"' })
  for (let index = 0; index < facts; index++) {
    ctx.clock.advance(60_000)
    await inTransaction(ctx, (tx) =>
      record(tx, { type: 'asset.edited', subject: { kind: 'asset', id: asset.id }, data: { title: `Łódź "${index}"` } }),
    )
  }
  for (const outcome of ['SERVED', 'REFUSED', 'REFUSED'] as const) {
    ctx.clock.advance(1000)
    await t.db.delivery.create({
      data: {
        id: newId('dlv', ctx.clock.now()),
        houseId: house.id,
        at: ctx.clock.now(),
        outcome,
        reason: outcome === 'SERVED' ? 'licence' : 'no-right',
        personName: auditor.name,
        orgId: house.id,
        userId: auditor.userId,
        assetId: asset.id,
        rendition: 'original',
        fileSha256: 'ab'.repeat(32),
      },
    })
  }
  return { ctx, assetId: asset.id }
}
async function textOf(chunks: AsyncIterable<string | Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts).toString('utf8')
}
const today = { from: '2026-11-21', to: '2026-11-21' }

describe('a report', () => {
  test('of every kind counts what it lists', async () => {
    const { ctx } = await aBusyHouse()
    for (const kind of reportKinds) {
      const page = await reportPage(ctx, { kind, ...today })
      expect(page.rows.length, kind).toBe(page.totals.rows)
      expect(
        page.totals.whats.reduce((sum, { count }) => sum + count, 0),
        kind,
      ).toBe(page.totals.rows)
    }
    const { totals } = await reportPage(ctx, { kind: 'all', ...today })
    expect(totals.whats).toEqual([
      { what: 'asset edited', count: 5 },
      { what: 'bytes delivered', count: 1 },
      { what: 'bytes refused', count: 2 },
    ])
    expect(totals.days).toEqual([{ day: '2026-11-21', count: 8 }])
  })

  test('streams the same rows whatever the size of its batches', async () => {
    const { ctx } = await aBusyHouse(7)
    const span = await spanOf(ctx, today)
    const read = async (size: number) => {
      const ids: string[] = []
      for await (const row of rowsOf(ctx, 'all', span, size)) ids.push(row.id)
      return ids
    }
    const whole = await read(1000)
    expect(whole).toHaveLength(10)
    for (const size of [1, 2, 3]) expect(await read(size)).toEqual(whole)
  })

  test('as CSV begins with a byte order mark, is safe in a spreadsheet, and is itself a fact with its length and the head', async () => {
    const { ctx } = await aBusyHouse()
    const { name, chunks } = await exportReportCsv(ctx, { kind: 'deliveries', ...today })
    const csv = await textOf(chunks)
    expect(name).toBe('audit-deliveries-2026-11-21-to-2026-11-21.csv')
    expect(csv.startsWith('\uFEFFat,kind,what')).toBe(true)
    expect(csv).toContain(`"'=Łucja Żółw, Northlight Studio"`)
    expect(csv.trim().split('\r\n')).toHaveLength(4)
    const fact = await t.db.auditFact.findFirstOrThrow({ where: { houseId: ctx.actor.houseId, type: 'report.exported' } })
    expect(JSON.parse(fact.body)).toMatchObject({ data: { format: 'csv', rows: 3, headSeq: '5' }, subject: { id: 'deliveries' } })
  })

  test('on paper names the person, the rows and the head of the trail', async (context) => {
    const { ctx } = await aBusyHouse()
    const { stream } = await exportReportPdf(ctx, { kind: 'all', ...today })
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'clearmark-report-')), 'report.pdf')
    writeFileSync(file, Buffer.concat(chunks))
    const read = spawnSync('pdftotext', ['-layout', file, '-'])
    if (read.error) return context.skip('pdftotext is not installed here; pdfkit.test.ts reads a report with pdfjs')
    const text = read.stdout.toString()
    for (const words of ['Łucja Żółw', 'End of the report: 8 rows', 'asset edited', 'Page 1 of']) expect(text).toContain(words)
  })

  test('is refused to those who do not audit', async () => {
    const { ctx } = await aBusyHouse(1)
    const librarian = await aPerson(ctx, { houseId: ctx.actor.houseId, roles: ['LIBRARIAN'] })
    for (const ask of [
      (c: typeof ctx) => exportReportCsv(c, { kind: 'all' }),
      (c: typeof ctx) => exportReportPdf(c, { kind: 'all' }),
      (c: typeof ctx) => exportTrail(c, { format: 'csv' }),
      (c: typeof ctx) => verifyTrail(c),
      (c: typeof ctx) => trailPage(c, {}),
      (c: typeof ctx) => deliveriesPage(c, {}),
      (c: typeof ctx) => complianceOverview(c),
    ])
      await expect(ask(asActor(ctx, librarian) as Auditing)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('an exported trail', () => {
  const script = path.resolve('public/verify-audit.mjs')
  const check = (text: string, ending: string, noted?: string) => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'clearmark-trail-')), `trail.${ending}`)
    writeFileSync(file, text)
    const { status, stdout } = spawnSync(process.execPath, [script, file, ...(noted ? [noted] : [])], { encoding: 'utf8' })
    return { status, stdout }
  }

  test.each(['ndjson', 'csv'] as const)('as %s is found whole by the stand-alone checker, and faults are named', async (format) => {
    const { ctx } = await aBusyHouse(9)
    const head = (await complianceOverview(ctx)).head
    const text = await textOf((await exportTrail(ctx, { format })).chunks)
    const noted = `${head?.seq}:${head?.hash}`
    expect(check(text, format, noted)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`OK: rows 1 to 9 (9) hang together. Last: ${noted}`),
    })
    const lines = text.trimEnd().split('\n')
    const header = format === 'csv' ? 1 : 0
    const changed = lines.map((line, index) => (index === 3 + header ? line.replaceAll('asset.edited', 'asset.deleted') : line)).join('\n')
    expect(check(changed, format)).toMatchObject({ status: 1, stdout: expect.stringContaining('FAULT in row 4: its text') })
    const removed = lines.filter((_, index) => index !== 3 + header).join('\n')
    expect(check(removed, format)).toMatchObject({ status: 1, stdout: expect.stringContaining('FAULT in row 5: the row before it is 3') })
    expect(check(text, format, `9:${'0'.repeat(64)}`)).toMatchObject({ status: 1, stdout: expect.stringContaining('noted') })
    expect(check(lines.slice(0, 5).join('\n'), format, noted)).toMatchObject({ status: 1 })
  })

  test('of a span is an unbroken run', async () => {
    const { ctx } = await aBusyHouse(3)
    ctx.clock.set('2026-11-23T12:00:00Z')
    await inTransaction(ctx, (tx) => record(tx, { type: 'asset.edited', subject: { kind: 'asset', id: 'a' } }))
    const text = await textOf((await exportTrail(ctx, { format: 'ndjson', from: '2026-11-23', to: '2026-11-23' })).chunks)
    expect(check(text, 'ndjson').stdout).toContain('OK: rows 4 to 4 (1)')
  })
})

describe('the pages', () => {
  test('the trail is filtered by type, person, subject and days, and paged', async () => {
    const { ctx, assetId } = await aBusyHouse(60)
    const first = await trailPage(ctx, {})
    expect(first.rows.items).toHaveLength(50)
    expect(first.types).toEqual(['asset.edited'])
    const second = await trailPage(ctx, { after: first.rows.next ?? '' })
    expect(second.rows.items).toHaveLength(10)
    expect(new Set([...first.rows.items, ...second.rows.items].map(({ id }) => id)).size).toBe(60)
    expect((await trailPage(ctx, { person: 'łucja' })).rows.items).toHaveLength(50)
    expect((await trailPage(ctx, { subject: assetId, type: 'asset.edited', ...today })).rows.items).toHaveLength(50)
    expect((await trailPage(ctx, { type: 'licence.issued' })).rows.items).toHaveLength(0)
    expect((await trailPage(ctx, { from: '2026-11-22', to: '2026-11-23' })).rows.items).toHaveLength(0)
  })

  test('another house is never seen', async () => {
    await aBusyHouse(2)
    const { ctx } = await aBusyHouse(0)
    expect((await trailPage(ctx, {})).rows.items).toHaveLength(0)
    expect((await deliveriesPage(ctx, {})).rows.items).toHaveLength(3)
    expect((await reportPage(ctx, { kind: 'publishing', ...today })).totals.rows).toBe(0)
  })

  test('deliveries are filtered, with names, titles and hashes', async () => {
    const { ctx } = await aBusyHouse(0)
    const { rows } = await deliveriesPage(ctx, { outcome: 'REFUSED', reason: 'no-right' })
    expect(rows.items).toHaveLength(2)
    expect(rows.items[0]).toMatchObject({ assetTitle: 'Harbour, "at dawn"', orgName: 'Northlight Studio', sha256: 'ab'.repeat(32) })
    expect((await deliveriesPage(ctx, { licence: 'CM-2026-NONE' })).rows.items).toHaveLength(0)
  })

  test('the overview says when the chain was verified, by whom, and that it was whole', async () => {
    const { ctx } = await aBusyHouse(4)
    expect((await complianceOverview(ctx)).verified).toBeNull()
    expect((await verifyTrail(ctx)).fault).toBeNull()
    const overview = await complianceOverview(ctx)
    expect(overview.verified).toMatchObject({ whole: true, checked: 4, by: '=Łucja Żółw', why: null })
    expect(overview.head?.seq).toBe('5')
    expect(overview.days).toHaveLength(14)
    expect(overview.days.at(-1)).toEqual({ day: '2026-11-21', served: 1, refused: 2 })
    expect(overview.refusals).toEqual([{ reason: 'no-right', count: 2 }])
  })
})

test('audit:verify is whole, or ends with 1 and names the row', async () => {
  const { ctx } = await aBusyHouse(6)
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/audit-verify.ts', '--house', ctx.actor.houseId, ...args], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: t.url },
    })
  const head = (await complianceOverview(ctx)).head
  expect(run('--noted', `${head?.seq}:${head?.hash}`)).toMatchObject({ status: 0, stdout: expect.stringContaining('checked  6 rows') })
  await t.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await tx.$executeRaw`UPDATE audit_facts SET subject_id = 'other' WHERE house_id = ${ctx.actor.houseId} AND id = (SELECT fact_id FROM audit_links WHERE house_id = ${ctx.actor.houseId} AND seq = 4)`
  })
  expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining('FAULT    row 4') })
  expect(run('--noted', 'nonsense').status).toBe(2)
})

test('keys: the current one is published, the old ones stay', async () => {
  const ctx = testContext(t.db)
  const signer = (keyId: string) => ({ ...ctx, signer: { ...ctx.signer, keyId } })
  await publishKey(signer('old'))
  await publishKey(signer('old'))
  ctx.clock.advance(1000)
  await publishKey(signer('new'))
  const keys = await publishedKeys(ctx)
  expect(keys.map(({ id, retiredAt }) => [id, retiredAt === null])).toEqual([
    ['new', true],
    ['old', false],
  ])
  await publishKey(signer('old'))
  expect((await publishedKeys(ctx)).map(({ id, retiredAt }) => [id, retiredAt === null])).toEqual([
    ['old', true],
    ['new', false],
  ])
})
