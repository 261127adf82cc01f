import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Person } from '../kernel/actor.ts'
import { fail } from '../kernel/result.ts'
import { localStorage } from '../platform/storage/local.ts'
import { uploadKey } from '../platform/storage/keys.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { addToUpload, beginUpload, cancelUpload, finishUpload, uploadStanding } from './resumable.ts'
import { uploadLimit } from './rules/file-types.ts'
import { sweepUploads } from './uploads.ts'
import { writing } from './writers.ts'

let t: TestDb
let ctx: TestContext
let librarian: Person
let root: string
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  const house = await aHouse(ctx)
  librarian = await aPerson(ctx, { houseId: house.id, roles: ['LIBRARIAN'] })
  root = await mkdtemp(path.join(tmpdir(), 'resumable-'))
  ctx = { ...asActor(ctx, librarian), storage: localStorage(root) }
})
afterAll(() => t[Symbol.asyncDispose]())

/** A real picture with something behind it that no other test has, as long as is wished. */
async function picture(size: number): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([jpeg, randomBytes(Math.max(8, size - jpeg.length))])
}
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const stillWriting = () => Promise.resolve(true)
async function begun(bytes: Buffer, more: { assetId?: string; fileName?: string } = {}, by = ctx): Promise<string> {
  const outcome = await beginUpload(by, { fileName: 'shoot/Low_tide.jpg', size: bytes.length, ...more })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.uploadId
}
const add = (uploadId: string, at: number, bytes: Buffer, by = ctx) =>
  addToUpload(by, { uploadId, at, source: Readable.from([bytes], { objectMode: false }), stillWriting })
async function sent(bytes: Buffer, more: { assetId?: string } = {}): Promise<string> {
  const uploadId = await begun(bytes, more)
  await add(uploadId, 0, bytes)
  return uploadId
}

describe('a file in pieces', () => {
  test('is taken in once, whoever goes on with it, with the hash of the whole', async () => {
    const bytes = await picture(900_000)
    const uploadId = await begun(bytes)
    expect(await add(uploadId, 0, bytes.subarray(0, 300_000))).toBe(300_000)
    expect(await uploadStanding(ctx, uploadId)).toEqual({ size: bytes.length, held: 300_000 })
    // The process was killed: its successor has the same folder and no memory.
    const successor = { ...ctx, storage: localStorage(root) }
    expect(await add(uploadId, 300_000, bytes.subarray(300_000), successor)).toBe(bytes.length)
    const outcome = await finishUpload(successor, { uploadId })
    if (!outcome.ok) throw new Error(outcome.error)
    expect(outcome.value).toMatchObject({ title: 'Low tide', number: 1 })
    const version = await t.db.assetVersion.findUniqueOrThrow({ where: { id: outcome.value.versionId } })
    expect(version).toMatchObject({ sha256: hashOf(bytes), byteSize: BigInt(bytes.length), fileName: 'Low_tide.jpg' })
    expect(hashOf(await buffer(await ctx.storage.open(version.storageKey)))).toBe(hashOf(bytes))
    expect(await finishUpload(ctx, { uploadId }), 'an answer that was lost is given again').toEqual(outcome)
    expect(await uploadStanding(ctx, uploadId)).toEqual({ size: bytes.length, held: bytes.length })
  })

  test('that was asked to be finished twice at once becomes one asset', async () => {
    const uploadId = await sent(await picture(50_000))
    const outcomes = await Promise.all([finishUpload(ctx, { uploadId }), finishUpload(ctx, { uploadId })])
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.value.assetId)).size).toBe(1)
    expect(await t.db.upload.findUniqueOrThrow({ where: { id: uploadId } })).toMatchObject({ state: 'STORED', writer: null })
  })

  test('that is not whole is not taken in, and goes on afterwards', async () => {
    const bytes = await picture(60_000)
    const uploadId = await begun(bytes)
    await add(uploadId, 0, bytes.subarray(0, 20_000))
    expect(await finishUpload(ctx, { uploadId })).toMatchObject({ ok: false, error: 'cut-off' })
    await add(uploadId, 20_000, bytes.subarray(20_000))
    expect(await finishUpload(ctx, { uploadId })).toMatchObject({ ok: true })
  })

  test('that the library has already waits for an answer and is not sent again', async () => {
    const bytes = await picture(40_000)
    const first = await finishUpload(ctx, { uploadId: await sent(bytes) })
    if (!first.ok) throw new Error(first.error)
    const uploadId = await sent(bytes)
    expect(await finishUpload(ctx, { uploadId })).toMatchObject({
      ok: false,
      error: 'duplicate-of',
      detail: { assetId: first.value.assetId },
    })
    const kept = await finishUpload(ctx, { uploadId, evenIfDuplicate: true })
    if (!kept.ok) throw new Error(kept.error)
    expect(kept.value.assetId).not.toBe(first.value.assetId)
  })

  test('of another kind than its name is refused by its content, and nothing stays', async () => {
    const uploadId = await sent(Buffer.from('<!doctype html><script>1</script>'))
    const refusal = { ok: false, error: 'refused-type', detail: { what: 'a web page' } }
    expect(await finishUpload(ctx, { uploadId })).toMatchObject(refusal)
    expect(await finishUpload(ctx, { uploadId })).toMatchObject(refusal)
    expect(await ctx.storage.stat(uploadKey(uploadId))).toBeNull()
    const archive = Buffer.concat([await picture(2000), Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')])
    expect(await finishUpload(ctx, { uploadId: await sent(archive) })).toMatchObject({
      ok: false,
      detail: { what: 'a picture that is also a ZIP archive' },
    })
  })

  test('becomes the next version of an asset, but not of an archived one', async () => {
    const asset = await anAsset(ctx, { houseId: librarian.houseId, state: 'DRAFT' })
    const outcome = await finishUpload(ctx, { uploadId: await sent(await picture(3000), { assetId: asset.id }) })
    expect(outcome).toMatchObject({ ok: true, value: { assetId: asset.id, number: 2 } })
    const same = await t.db.assetVersion.findFirstOrThrow({ where: { assetId: asset.id, number: 2 } })
    const bytes = await buffer(await ctx.storage.open(same.storageKey))
    expect(await finishUpload(ctx, { uploadId: await sent(bytes, { assetId: asset.id }) })).toMatchObject({
      ok: false,
      error: 'same-as-current',
    })
    const late = await sent(await picture(3000), { assetId: asset.id })
    await t.db.asset.update({ where: { id: asset.id }, data: { state: 'ARCHIVED' } })
    expect(await finishUpload(ctx, { uploadId: late })).toMatchObject({ ok: false, error: 'asset-archived' })
    expect(await beginUpload(ctx, { fileName: 'x.jpg', size: 9, assetId: asset.id })).toMatchObject({ ok: false, error: 'asset-archived' })
  })

  test('that was never admitted, or whose row could not be written, leaves nothing that no sweep would find', async () => {
    const begun: string[] = []
    const pieces = { ...ctx.storage.pieces, begin: (key: string) => (begun.push(key), ctx.storage.pieces.begin(key)) }
    const watched = { ...ctx, storage: { ...ctx.storage, pieces } }
    const doors = [() => Promise.resolve(fail('full')), () => Promise.reject(new Error('the database went away'))]
    for (const admit of doors)
      await beginUpload(watched, { fileName: 'x.jpg', size: 5 }, { admit, landed: () => Promise.resolve() }).catch(() => undefined)
    expect(begun).toHaveLength(2)
    for (const key of begun) await expect(ctx.storage.pieces.held(key, '')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('too large is refused before a byte is sent, and no byte over its size is taken', async () => {
    expect(await beginUpload(ctx, { fileName: 'x.tif', size: uploadLimit + 1 })).toMatchObject({ ok: false, error: 'too-large' })
    const uploadId = await begun(Buffer.alloc(10))
    await expect(add(uploadId, 0, Buffer.alloc(11))).rejects.toMatchObject({ code: 'too-large' })
    await expect(add(uploadId, 5, Buffer.alloc(5))).rejects.toMatchObject({ code: 'malformed' })
  })

  test('asked for again under its key is the same upload, also twice at once, and leaves no second piece behind', async () => {
    const begun: string[] = []
    const pieces = { ...ctx.storage.pieces, begin: (key: string) => (begun.push(key), ctx.storage.pieces.begin(key)) }
    const watched = { ...ctx, storage: { ...ctx.storage, pieces } }
    const file = { fileName: 'x.jpg', size: 5, key: 'a-key-of-the-sender' }
    const asked = await Promise.all([1, 2, 3].map(() => beginUpload(watched, file)))
    const ids = new Set(asked.map((each) => (each.ok ? each.value.uploadId : each.error)))
    expect([...ids]).toEqual([expect.stringMatching(/^upl_/)])
    const [uploadId = ''] = ids
    expect(begun).toHaveLength(3)
    const held = await Promise.allSettled(begun.map((key) => ctx.storage.pieces.held(key, '')))
    expect(held.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)

    for (const other of [{ size: 6 }, { fileName: 'y.jpg' }, { assetId: (await anAsset(ctx, { houseId: librarian.houseId })).id }])
      await expect(beginUpload(ctx, { ...file, ...other }), 'a key stands for one file').rejects.toMatchObject({ code: 'malformed' })
    const colleague = asActor(ctx, await aPerson(ctx, { houseId: librarian.houseId, roles: ['LIBRARIAN'] }))
    const theirs = await beginUpload(colleague, file)
    expect(theirs.ok && theirs.value.uploadId, 'a key is its sender’s own').not.toBe(uploadId)
    await cancelUpload(ctx, uploadId)
    await expect(beginUpload(ctx, file)).rejects.toMatchObject({ code: 'gone' })
  })

  test('cancelled leaves nothing; a week later neither does a forgotten one', async () => {
    const bytes = await picture(5000)
    const cancelled = await begun(bytes)
    await add(cancelled, 0, bytes.subarray(0, 100))
    await cancelUpload(ctx, cancelled)
    await expect(uploadStanding(ctx, cancelled)).rejects.toMatchObject({ code: 'gone' })
    const forgotten = await begun(bytes)
    const after = (days: number) => ({ ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + days * 86_400_000) } })
    await sweepUploads(after(2))
    expect(await uploadStanding(ctx, forgotten)).toEqual({ size: bytes.length, held: 0 })
    await sweepUploads(after(8))
    await expect(uploadStanding(ctx, forgotten)).rejects.toMatchObject({ code: 'gone' })
  })
})

describe('who may', () => {
  test('go on with an upload: whoever began it, and nobody else', async () => {
    const uploadId = await begun(await picture(3000))
    const colleague = asActor(ctx, await aPerson(ctx, { houseId: librarian.houseId, roles: ['LIBRARIAN'] }))
    for (const act of [uploadStanding, cancelUpload, (by: typeof ctx, id: string) => finishUpload(by, { uploadId: id })])
      await expect(act(colleague, uploadId)).rejects.toMatchObject({ code: 'not-found' })
    const auditor = asActor(ctx, await aPerson(ctx, { houseId: librarian.houseId, roles: ['AUDITOR'] }))
    await expect(beginUpload(auditor, { fileName: 'x', size: 1 })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('one sender has two thousand files on the way at most; a colleague is not kept waiting by that', async () => {
  const busy = await aPerson(ctx, { houseId: librarian.houseId, roles: ['LIBRARIAN'] })
  const row = {
    houseId: busy.houseId,
    userId: busy.userId,
    fileName: 'x.jpg',
    declaredSize: 1,
    piecesToken: '',
    createdAt: ctx.clock.now(),
  }
  await t.db.upload.createMany({ data: Array.from({ length: 1999 }, (_, i) => ({ ...row, id: `upl_open${i}` })) })
  const last = { fileName: 'last.jpg', size: 1, key: 'the-last-place' }
  const begunLast = await beginUpload(asActor(ctx, busy), last)
  expect(await beginUpload(asActor(ctx, busy), last), 'its own place').toEqual(begunLast)
  await expect(begun(Buffer.alloc(1), {}, asActor(ctx, busy) as typeof ctx)).rejects.toMatchObject({ code: 'too-many' })
  expect(await begun(Buffer.alloc(1))).toMatch(/^upl_/)
})

describe('one writer at a time', () => {
  test('the second waits for the first; a dead one is not waited for longer than its silence', async () => {
    const uploadId = await begun(await picture(3000))
    const order: string[] = []
    let free: () => void = () => undefined
    const first = writing(ctx, uploadId, async () => {
      order.push('first')
      await new Promise<void>((resolve) => (free = resolve))
      order.push('first ends')
    })
    await expect.poll(() => order).toEqual(['first'])
    const second = writing(ctx, uploadId, async () => void order.push('second'))
    free()
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'first ends', 'second'])
    await t.db.upload.update({ where: { id: uploadId }, data: { writer: 'killed', writerUntil: new Date(ctx.clock.now().getTime() - 1) } })
    expect(await writing(ctx, uploadId, (still) => still())).toBe(true)
  })

  test('who was taken over from writes not a byte more', async () => {
    const bytes = await picture(3000)
    const uploadId = await begun(bytes)
    const pieces = [bytes.subarray(0, 1000), bytes.subarray(1000, 2000), bytes.subarray(2000)]
    const answers = [true, false]
    // Between two pieces more time passes than a writer may be silent.
    let time = 0
    const now = vi.spyOn(performance, 'now').mockImplementation(() => (time += 4_000))
    try {
      const still = () => Promise.resolve(answers.shift() ?? true)
      const held = await addToUpload(ctx, { uploadId, at: 0, source: Readable.from(pieces), stillWriting: still })
      expect(held).toBe(1000)
    } finally {
      now.mockRestore()
    }
  })

  test('who was taken over from is told so before it writes on', async () => {
    const bytes = await picture(3000)
    const uploadId = await begun(bytes)
    await writing(ctx, uploadId, async (still) => {
      await t.db.upload.update({
        where: { id: uploadId },
        data: { writer: 'another', writerUntil: new Date(ctx.clock.now().getTime() + 60_000) },
      })
      expect(await still()).toBe(false)
    })
  })
})
