import type { ActionFunctionArgs } from '@remix-run/node'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '#services/accounts/sessions.ts'
import { createCollection } from '#services/catalog/collections.ts'
import { foldLibrary } from '#services/catalog/library-search.ts'
import { openThread } from '#services/discussion/threads.ts'
import type { Person, Role } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, anAsset, aPerson } from '#services/testing/world.ts'
import { action as approve } from './approve.ts'
import { action as changes } from './changes.ts'
import { action as publish } from './publish.ts'
import { action as submit } from './submit.ts'
import { action as onTray } from './tray.tsx'
import { action as collect } from './collect.ts'
import { loader as reviewLoader } from './review.tsx'
import { action as uploadForm } from './upload.tsx'
import { action as uploadFile } from './upload-file.ts'
import { action as withdraw } from './withdraw.ts'

let t: TestDb
let ctx: TestContext
let houseId: string
let librarian: Person
const cookies = new Map<Role, string>()
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db, { origin: 'http://library.test' })
  const house = await aHouse(ctx)
  houseId = house.id
  await t.db.organisation.update({ where: { id: houseId }, data: { host: 'library.test' } })
  for (const role of ['LIBRARIAN', 'REVIEWER'] as const) {
    const person = await aPerson(ctx, { houseId, roles: [role] })
    const { userId, memberId } = person
    if (role === 'LIBRARIAN') librarian = person
    const { secret } = await openSession(ctx, { userId, memberId })
    cookies.set(role, `clearmark_session=${secret}`)
  }
})
afterAll(() => t[Symbol.asyncDispose]())

let shade = 0
const picture = () =>
  sharp({ create: { width: 30, height: 20, channels: 3, background: { r: ++shade, g: 90, b: 30 } } })
    .jpeg()
    .toBuffer()

interface Sent {
  body?: BodyInit
  role?: Role
  params?: Record<string, string>
  headers?: Record<string, string>
}
/** What the edge hands to an action. */
function asked(path: string, { body = new FormData(), role = 'LIBRARIAN', params = {}, headers = {} }: Sent = {}): ActionFunctionArgs {
  const request = new Request(`http://library.test${path}`, {
    method: 'POST',
    body,
    headers: { Cookie: cookies.get(role) ?? '', 'Sec-Fetch-Site': 'same-origin', ...headers },
  })
  const house = { context: ctx as TestContext & { db: TestDb['db'] }, close: async () => undefined }
  return { request, params, context: { house, nonce: '', requestId: 'req_test', ip: '127.0.0.1' } }
}
const fields = (entries: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(entries)) form.append(name, value)
  return form
}
const toastOf = (response: Response): string =>
  Buffer.from(decodeURIComponent(response.headers.get('Set-Cookie')?.split(/[=;]/)[1] ?? ''), 'base64').toString()

describe('a file as the body of a request', () => {
  test('is taken in under its name', async () => {
    const response = await uploadFile(asked('/library/upload/file?name=Boats.jpg', { body: await picture() }))
    expect(response.status).toBe(201)
    const answer = (await response.json()) as { assetId: string }
    expect(answer).toMatchObject({ ok: true, title: 'Boats', number: 1 })
    expect(await t.db.asset.count({ where: { id: answer.assetId, houseId } })).toBe(1)
  })

  test.each([
    [415, () => Buffer.from('MZ\x90\0program'.padEnd(600, '\0'), 'latin1'), /Windows program/],
    [415, () => Buffer.alloc(0), /empty/],
  ])('is refused with %i and a sentence', async (status, make, words) => {
    const response = await uploadFile(asked('/library/upload/file?name=x.jpg', { body: make() }))
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ ok: false, message: expect.stringMatching(words) as string })
  })

  test('that is here already names its twin, and may be taken in all the same', async () => {
    const body = await picture()
    const first = (await (await uploadFile(asked('/library/upload/file?name=a.jpg', { body }))).json()) as { assetId: string }
    const second = await uploadFile(asked('/library/upload/file?name=b.jpg', { body }))
    expect(second.status).toBe(409)
    expect(await second.json()).toMatchObject({ error: 'duplicate-of', assetId: first.assetId })
    expect((await uploadFile(asked('/library/upload/file?name=b.jpg&twin=keep', { body }))).status).toBe(201)
  })

  test('is not taken from a reviewer, nor from another site', async () => {
    await expect(uploadFile(asked('/library/upload/file', { role: 'REVIEWER', body: await picture() }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    const foreign = asked('/library/upload/file', { body: await picture(), headers: { 'Sec-Fetch-Site': 'cross-site' } })
    await expect(uploadFile(foreign)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('a form without JavaScript: each file has its own fate', async () => {
  const body = new FormData()
  body.append('file', new Blob([await picture()]), 'one.jpg')
  body.append('file', new Blob([Buffer.alloc(300_000, 'x')]), 'text.jpg')
  body.append('file', new Blob([await picture()]), 'two.jpg')
  const { data, init } = await uploadForm(asked('/library/upload', { body }))
  expect(init?.status).toBe(201)
  expect(data.files.map(({ fileName, answer }) => [fileName, answer.ok])).toEqual([
    ['one.jpg', true],
    ['text.jpg', false],
    ['two.jpg', true],
  ])
})

test('what does not fit is said: on the shelf, on the tray’s page, and on a collection', async () => {
  const at = ctx.clock.now()
  const drafts = Array.from({ length: 1_001 }, () => newId('ast', at)).map((id) => ({
    id,
    houseId,
    title: id,
    createdAt: at,
    changedAt: at,
  }))
  await t.db.asset.createMany({ data: drafts })
  const many = { verb: 'put', assets: drafts.map(({ id }) => id).join(' ') }
  const onShelf = await onTray(asked('/library/tray', { body: fields({ ...many, shelf: 'yes' }) }))
  expect(onShelf).toEqual({ refused: expect.stringMatching(/holds 1,000 assets, and only 1,000 more fit/) as string })
  const plain = await onTray(asked('/library/tray', { body: fields(many) }))
  expect(plain instanceof Response && toastOf(plain)).toMatch(/Take some off/)
  const one = { verb: 'put', shelf: 'yes', assets: drafts[0]?.id ?? '' }
  expect(await onTray(asked('/library/tray', { body: fields(one) }))).toEqual({ refused: null })
  const { collectionId } = await createCollection(asActor(ctx, librarian) as TestContext, {
    title: 'All',
    description: '',
    featured: false,
  })
  const dropped = await collect(asked('/library/collect', { body: fields({ collectionId, assets: many.assets }) }))
  expect(toastOf(dropped)).toMatch(/200 put into the collection\. 801 were there already, are not for the store, or found it full/)
})

test('what is dropped as all that was found is all of it, or a sentence that says what to do', async () => {
  const found: string[] = []
  for (let i = 0; i < 3; i++) found.push((await anAsset(ctx, { houseId, title: `Lighthouse ${i}`, state: 'DRAFT', held: false })).id)
  const [, , left = ''] = found
  const who = asActor(ctx, librarian) as TestContext
  await t.db.libraryTrayItem.deleteMany({ where: { houseId, userId: librarian.userId } })
  const { collectionId } = await createCollection(who, { title: 'Lights', description: '', featured: false })
  const all = { all: 'yes', search: 'text=lighthouse', except: left }
  expect(await onTray(asked('/library/tray', { body: fields({ verb: 'put', shelf: 'yes', ...all }) }))).toEqual({ refused: null })
  const lying = await t.db.libraryTrayItem.findMany({ where: { userId: librarian.userId } })
  expect(lying.map(({ assetId }) => assetId).sort()).toEqual(found.slice(0, 2).sort())
  expect(toastOf(await collect(asked('/library/collect', { body: fields({ collectionId, ...all }) })))).toMatch(/2 put into the collection/)
  const at = ctx.clock.now()
  const many = Array.from({ length: 201 }, () => ({ id: newId('ast', at), houseId, title: 'Beacon', createdAt: at, changedAt: at }))
  await t.db.asset.createMany({ data: many })
  await foldLibrary(ctx, houseId)
  const everything = { all: 'yes', search: 'text=beacon', except: '' }
  expect(toastOf(await collect(asked('/library/collect', { body: fields({ collectionId, ...everything }) })))).toMatch(
    /Nothing was put into the collection: it holds 200 pictures, and 201 are selected\. Narrow/,
  )
  expect(await t.db.collectionItem.count({ where: { collectionId } })).toBe(2)
  const unread = { ...everything, search: 'text=creater:leo' }
  expect(await onTray(asked('/library/tray', { body: fields({ verb: 'put', shelf: 'yes', ...unread }) }))).toMatchObject({
    refused: expect.stringMatching(/cannot be read/) as string,
  })
})

test('who has looked at a review’s page has seen what is said there, and no more', async () => {
  const asset = await anAsset(ctx, { houseId, state: 'DRAFT', held: false })
  await submit(asked(`/library/assets/${asset.id}/submit`, { params: { assetId: asset.id } }))
  const { id: reviewId } = await t.db.review.findFirstOrThrow({ where: { assetId: asset.id } })
  const says = async (body: string) => {
    ctx.clock.set(new Date(ctx.clock.now().getTime() + 60_000))
    const said = await openThread(asActor(ctx, librarian), { versionId: asset.currentVersionId ?? '', body, mark: null, mentions: [] })
    if (!said.ok) throw new Error(said.error)
    ctx.clock.set(new Date(ctx.clock.now().getTime() + 60_000))
  }
  const look = async (role: Role) => (await reviewLoader(asked(`/library/review/${reviewId}`, { role, params: { reviewId } }))).discussion
  // Who comes for the first time finds nothing marked as new.
  expect((await look('REVIEWER')).unread).toBe(0)
  await says('Crop it')
  // Nobody’s own words are new to them, and a librarian’s look is no reviewer’s.
  expect((await look('LIBRARIAN')).unread).toBe(0)
  expect((await look('REVIEWER')).unread).toBe(1)
  expect((await look('REVIEWER')).unread).toBe(0)
  await says('And brighter')
  const { unread, threads } = await look('REVIEWER')
  expect([unread, threads.map(({ isNew }) => isNew)]).toEqual([1, [false, true]])
  // The queue is left as it was found.
  await approve(asked(`/library/review/${reviewId}/approve`, { role: 'REVIEWER', params: { reviewId } }))
  expect(await t.db.review.count({ where: { houseId, state: 'WAITING' } })).toBe(0)
})

describe('the verbs', () => {
  test('lead back to the page with what was done, or with what is missing', async () => {
    const asset = await anAsset(ctx, { houseId, state: 'DRAFT', held: false })
    const params = { assetId: asset.id }
    const page = `/library/assets/${asset.id}`
    const asking = await submit(asked(`${page}/submit`, { params, body: fields({ note: 'Soon' }) }))
    expect([asking.status, asking.headers.get('Location')]).toEqual([303, page])
    expect(toastOf(asking)).toMatch(/Sent for review/)
    expect(toastOf(await submit(asked(`${page}/submit`, { params })))).toMatch(/waits for review already/)

    const review = await t.db.review.findFirstOrThrow({ where: { assetId: asset.id } })
    const reviewed = { params: { reviewId: review.id }, role: 'REVIEWER' } as const
    const wordless = await changes(asked(`/library/review/${review.id}/changes`, reviewed))
    expect([wordless.headers.get('Location'), toastOf(wordless)]).toEqual([
      `/library/review/${review.id}`,
      expect.stringMatching(/what should change/),
    ])
    const approved = await approve(asked(`/library/review/${review.id}/approve`, reviewed))
    expect(approved.headers.get('Location')).toBe('/library/review')
    expect(toastOf(await approve(asked(`/library/review/${review.id}/approve`, reviewed)))).toMatch(/Somebody else decided/)

    expect(toastOf(await publish(asked(`${page}/publish`, { params })))).toMatch(/Record the rights/)
    expect(toastOf(await withdraw(asked(`${page}/withdraw`, { params })))).toMatch(/why it is withdrawn/)
    expect(toastOf(await withdraw(asked(`${page}/withdraw`, { params, body: fields({ reason: 'No longer ours' }) })))).toMatch(
      /It cannot: it is “approved”/,
    )
  })
})
