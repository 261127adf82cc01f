import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { beside } from '#services/testing/beside.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { importFolder, type ImportFolder, type Line } from './folder-imports.ts'

let t: TestDb
let ctx: TestContext
let folder: string
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
})
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shoot-'))
  const house = await aHouse(ctx)
  ctx = asActor(ctx, await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] }))
})

/** A picture that no other test has: what lies behind its end makes it another file. */
async function picture(): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([jpeg, randomBytes(16)])
}
async function put(name: string, bytes?: Buffer | string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
  await writeFile(path.join(folder, name), bytes ?? (await picture()))
}
/** The sidecar lies beside the folder, as it does when an agency sends both. */
async function sidecarOf(text: string): Promise<string> {
  const at = `${folder}.csv`
  await writeFile(at, text)
  return at
}
async function run(more: Partial<ImportFolder> = {}, by = ctx) {
  const lines: Line[] = []
  const outcome = await importFolder(by, { folder, told: (line) => lines.push(line), ...more })
  const short = Object.fromEntries(lines.map((line) => [line.file, line.outcome]))
  return { outcome, lines, short }
}

describe('a folder', () => {
  test('comes in with what its sidecar says; what nobody described comes too; debris does not', async () => {
    await put('day 1/a.jpg')
    await put('b.jpg')
    await put('.DS_Store', 'x')
    const sidecar = await sidecarOf('file,title,keywords,audience\nday 1/a.jpg,Low tide,"sea; mud",portal\n')
    const { short, lines, outcome } = await run({ sidecar })
    expect(short).toEqual({ 'day 1/a.jpg': 'TAKEN', 'b.jpg': 'TAKEN' })
    expect(outcome).toMatchObject({ ok: true, value: { TAKEN: 2, FAILED: 0 } })
    const described = await t.db.asset.findUniqueOrThrow({ where: { id: lines.find(({ file }) => file.startsWith('day'))?.assetId ?? '' } })
    expect(described).toMatchObject({ title: 'Low tide', keywords: ['sea', 'mud'], audience: 'PORTAL', state: 'DRAFT' })
    const facts = await t.db.auditFact.findMany({ where: { subjectId: described.id }, orderBy: { link: { seq: 'asc' } } })
    expect(facts.map(({ type }) => type)).toEqual(['asset.uploaded'])
  })

  test('a sidecar that lies among the pictures is none of them', async () => {
    await put('sheets/list.csv', 'file,title\na.jpg,Low tide\n')
    await put('a.jpg')
    const { short, outcome } = await run({ sidecar: path.join(folder, 'sheets', 'list.csv') })
    expect(short).toEqual({ 'a.jpg': 'TAKEN' })
    expect(outcome).toMatchObject({ ok: true, value: { REFUSED: 0 } })
  })

  test('each file has a clear end', async () => {
    await put('page.jpg', '<!doctype html><html></html>')
    const twin = await picture()
    await put('one.jpg', twin)
    await run()
    await put('two.jpg', twin)
    await symlink('/etc/hostname', path.join(folder, 'link.jpg'))
    const sidecar = await sidecarOf('file,date\ngone.jpg,\nlink.jpg,\ntwo.jpg,\ntwo.jpg,\none.jpg,yesterday\n,2026\n../x.jpg,\n')
    const { lines } = await run({ sidecar })
    const said = Object.fromEntries(lines.map(({ file, outcome, problem }) => [file, `${outcome} ${problem ?? ''}`.trim()]))
    expect(said).toEqual({
      'gone.jpg': 'MISSING There is no such file in the folder.',
      'link.jpg': 'MISSING There is no such file in the folder.',
      'two.jpg': 'DUPLICATE',
      'two.jpg (row 5)': 'REFUSED An earlier row names the same file. Keep one of them.',
      'one.jpg': 'TAKEN',
      'row 7': 'REFUSED file: This cell is needed in every row: the path of the file in the folder.',
      '../x.jpg': 'REFUSED file: Write the path as it is within the folder, without a way out of it.',
      'page.jpg': 'REFUSED This is a web page.',
    })
  })

  test('is looked at without a trace', async () => {
    await put('a.jpg')
    await put('b.jpg', 'just words')
    const { short } = await run({ dryRun: true })
    expect(short).toEqual({ 'a.jpg': 'TAKEN', 'b.jpg': 'REFUSED' })
    expect(await t.db.asset.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)
    expect(await t.db.folderImport.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)
    expect(await t.db.upload.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)
  })

  test('a sidecar that cannot be read stops everything before it begins', async () => {
    await put('a.jpg')
    const { outcome } = await run({ sidecar: await sidecarOf('fiel,titel\na.jpg,x\n') })
    expect(outcome).toMatchObject({ ok: false, error: 'sidecar-unreadable' })
    expect(await t.db.asset.count({ where: { houseId: ctx.actor.houseId } })).toBe(0)
  })

  test('a contributor may bring one, an auditor may not', async () => {
    const auditor = asActor(ctx, await aPerson(ctx, { houseId: ctx.actor.houseId, roles: ['AUDITOR'] }))
    await expect(run({}, auditor)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('an import that was stopped', () => {
  test('goes on where it was: nothing twice, nothing lost', async () => {
    for (let n = 0; n < 200; n++) await put(`${n}.jpg`)
    let told = 0
    const stopping = run({
      told: () => {
        if (++told === 7) throw new Error('the power is out')
      },
    })
    await expect(stopping).rejects.toThrow('the power is out')
    const after = await t.db.folderFile.count({ where: { import: { houseId: ctx.actor.houseId } } })
    expect(after).toBeGreaterThanOrEqual(7)
    expect(after).toBeLessThan(200)
    const { outcome } = await run()
    expect(outcome).toMatchObject({ ok: true, value: { TAKEN: 200, before: after, DUPLICATE: 0 } })
    expect(await t.db.asset.count({ where: { houseId: ctx.actor.houseId } })).toBe(200)
    expect(await t.db.folderImport.count({ where: { houseId: ctx.actor.houseId, endedAt: null } })).toBe(0)
  })

  test('what was wrong is tried anew, what is in stays as it is', async () => {
    await put('a.jpg')
    await put('b.jpg', 'words')
    await run()
    await put('b.jpg')
    const { short, outcome } = await run()
    expect(short).toEqual({ 'a.jpg': 'TAKEN', 'b.jpg': 'TAKEN' })
    expect(outcome).toMatchObject({ ok: true, value: { before: 1 } })
    await rm(folder, { recursive: true })
  })

  test('twice at once takes each file in once', async () => {
    for (let n = 0; n < 8; n++) await put(`${n}.jpg`)
    // Both have seen that nobody takes this folder in before either says that it does.
    const other = await beside(t.db, (db) => db.$executeRaw`LOCK TABLE folder_imports IN EXCLUSIVE MODE`)
    const both = Promise.all([run(), run()])
    await other.waitedFor(2)
    await other.commit()
    await both
    expect(await t.db.asset.count({ where: { houseId: ctx.actor.houseId } })).toBe(8)
    expect(await t.db.folderImport.count({ where: { houseId: ctx.actor.houseId } })).toBe(1)
  })
})
