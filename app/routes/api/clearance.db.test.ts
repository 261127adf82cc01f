import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccessKey } from '#services/accounts/access-keys.ts'
import type { Person } from '#services/kernel/actor.ts'
import { asActor } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked } from '#services/testing/edge.ts'
import { aShop, type Shop } from '#services/testing/shop.ts'
import { openApi } from '#app/http/openapi.server.ts'
import { programAllowance } from '#services/clearance/programs.ts'
import { action } from './clearance.ts'
import { loader as describeApi } from './openapi.ts'

let t: TestDb
let shop: Shop
let ajv: Ajv2020
beforeAll(async () => {
  t = await testDb()
  shop = await aShop(t.db)
  // "date" says how a day is written; ajv's own formats are a package of their own.
  ajv = new Ajv2020({ strict: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } })
  ajv.addSchema({ ...openApi(shop.ctx.origin), $id: 'https://clearmark.test/openapi' })
})
afterAll(() => t[Symbol.asyncDispose]())

const isA = (name: string, value: unknown) => {
  const validate = ajv.compile({ $ref: `https://clearmark.test/openapi#/components/schemas/${name}` })
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
}
const use = (asset: string, fields: object = {}) => ({
  asset,
  media: ['web-banner'],
  territory: ['DE'],
  from: '2027-01-01',
  until: '2027-12-31',
  ...fields,
})

async function keyOf(person: Person): Promise<string> {
  const made = await createAccessKey(asActor(shop.ctx, person), { name: 'Test', scopes: ['clearance'], expiresAt: null })
  if (!made.ok) throw new Error(made.error)
  return made.value.secret
}
interface Sent {
  secret: string
  body: BodyInit | object
  headers?: Record<string, string>
  search?: string
}
async function send({ secret, body, headers = {}, search = '' }: Sent): Promise<Response> {
  const args = await asked(shop.ctx, `/api/v1/clearance${search}`, {})
  const plain = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
  const request = new Request(args.request.url, {
    method: 'POST',
    headers: { host: new URL(shop.ctx.origin).host, authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
    body: (plain ? body : JSON.stringify(body)) as BodyInit,
    duplex: 'half',
  } as RequestInit)
  return (await action({ ...args, request } as never)) as Response
}
/** A refusal: of the described shape, and with what is wrong where. */
async function refused(answer: Response, status: number) {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const body = (await answer.json()) as {
    type: string
    detail: string
    errors?: { pointer?: string; row?: number; column?: string; detail: string }[]
  }
  isA('Problem', body)
  return body
}

describe('planned uses', () => {
  test('are answered in their order, in the described shape', async () => {
    const [asset, other] = [await shop.asset({ title: 'Fjord' }), await shop.asset({ showsPeople: true })]
    const secret = await keyOf(await shop.buyer())
    const body = {
      uses: [
        use('Fjord', { reference: 'A' }),
        use(other.id),
        use('Nowhere'),
        use(String(asset.no), { exclusive: true, industry: 'food|beauty', until: null }),
      ],
    }
    isA('ClearanceRequest', body)
    const answer = await send({ secret, body })
    expect(answer.status).toBe(200)
    const told = (await answer.json()) as {
      counts: object
      clearance: null
      answers: { light: string; kind: string; reference: string; asset: { id: string }; price: object | null }[]
    }
    isA('Clearance', told)
    expect(told.counts).toEqual({ green: 0, amber: 3, red: 0, error: 1 })
    expect(told.clearance).toBeNull()
    expect(told.answers.map(({ kind }) => kind)).toEqual(['licence-needed', 'answer-missing', 'no-such-asset', 'licence-needed'])
    expect(told.answers[0]).toMatchObject({ reference: 'A', asset: { id: asset.id }, price: { currency: 'EUR' } })
    expect(await t.db.clearance.count()).toBe(0)
  })

  test('come and go as CSV too, safe for spreadsheets', async () => {
    const asset = await shop.asset()
    const secret = await keyOf(await shop.staff('RIGHTS_MANAGER'))
    const csv = `asset;media;territory;from;reference\n${asset.id};social;DE AT;2027-01-01;"'=1+1"\n`
    const answer = await send({ secret, body: csv, headers: { 'content-type': 'text/csv; charset=utf-8', accept: 'text/csv' } })
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const [header, row] = Buffer.from(await answer.arrayBuffer())
      .toString('utf8')
      .split('\r\n')
    expect(header).toBe(
      '\uFEFFreference,asset,media,territory,except,industry,from,until,exclusive,light,answer,reasons,nearest,licences,price,currency,errors',
    )
    expect(row).toContain(`${asset.id},social,DE AT,,,2027-01-01,,,green,`)
    expect(row?.startsWith("'=1+1,")).toBe(true)
  })

  test('tell outsiders no contracts, and the house its own', async () => {
    const asset = await shop.asset()
    await t.db.$executeRaw`
      INSERT INTO restrictions (id, house_id, asset_id, asset_no, kind, reason, reference, media_set, territory_set, industry_set, period, terms, recorded_at)
      VALUES ('rst_api', ${shop.houseId}, ${asset.id}, ${asset.no}, 'HOLDBACK', 'Deal with Kontor GmbH', 'Kontor 17', '{[0,)}', '{[0,)}', '{[0,)}', '[2000-01-01,)', '{}', ${shop.ctx.clock.now()})`
    const body = { uses: [use(asset.id)] }
    const outside = await (await send({ secret: await keyOf(await shop.buyer()), body })).text()
    expect(outside).toContain('"light":"red"')
    expect(outside).not.toMatch(/Kontor/)
    expect(await (await send({ secret: await keyOf(await shop.staff('RIGHTS_MANAGER')), body })).text()).toContain('Kontor 17')
  })

  test('are asked for others by the house only', async () => {
    const asset = await shop.asset()
    const [buyer, other] = [await shop.buyer(), await shop.buyer()]
    const body = { for: other.orgId, uses: [use(asset.id)] }
    await refused(await send({ secret: await keyOf(buyer), body }), 403)
    const secret = await keyOf(await shop.staff('RIGHTS_MANAGER'))
    expect(await (await send({ secret, body })).json()).toMatchObject({ answers: [{ kind: 'licence-needed' }] })
    for (const nobody of ['org_nobody', 'org_\0', '%']) await refused(await send({ secret, body: { ...body, for: nobody } }), 404)
  })
})

describe('what cannot be read is refused whole, and says where', () => {
  const refusedBody = async (body: Sent['body'], status: number, headers?: Record<string, string>) =>
    refused(await send({ secret: await keyOf(await shop.buyer()), body, ...(headers ? { headers } : {}) }), status)

  test('half letters and NULs too, which no database keeps', async () => {
    for (const reference of ['\ud800', 'a\0b']) {
      const { errors } = await refusedBody({ uses: [use('a', { reference })] }, 422, { 'idempotency-key': 'half' })
      expect(errors?.[0]?.pointer).toBe('/uses/0/reference')
    }
  })
  test('by JSON pointer', async () => {
    const body = {
      uses: [use('a'), use('b', { media: ['billbord'], until: '2020-01-01' }), use('c', { territory: ['XX'], industry: 'nothing' })],
    }
    const { errors } = await refusedBody(body, 422)
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/uses/1/media', '/uses/1/until', '/uses/2/territory', '/uses/2/industry'])
    expect(errors?.[0]?.detail).toContain('Did you mean billboard')
  })
  test.each([
    [{ uses: [] }, '/uses', /at least one/],
    [{ uses: [{ ...use('a'), colour: 'red' }] }, '/uses/0', /no “colour”/],
    [{ uses: [{ ...use('a'), from: 20_270_101 }] }, '/uses/0/from', /./],
    [{ uses: Array.from({ length: 5_001 }, () => use('a')) }, '/uses', /5,000/],
    [{}, '/uses', /./],
    ['[]', '', /./],
  ])('also its shape: %#', async (body, pointer, detail) => {
    const { errors } = await refusedBody(body, 422)
    expect(errors?.[0]?.pointer).toBe(pointer)
    expect(errors?.[0]?.detail).toMatch(detail)
  })
  test('a hundred complaints, however many there are', async () => {
    const body = { uses: Array.from({ length: 300 }, () => use('a', { media: ['billbord'] })) }
    expect((await refusedBody(body, 422)).errors).toHaveLength(100)
  })
  test('by row and column of a CSV', async () => {
    const csv = (text: string) => refusedBody(text, 422, { 'content-type': 'text/csv' })
    expect((await csv('asset,media,territory,from\na,social,DE,2027-01-01\nb,social,XX,01.02.2027')).errors).toMatchObject([
      { row: 3, column: 'territory' },
      { row: 3, column: 'from', detail: expect.stringContaining('2027-02-01') as string },
    ])
    expect((await csv('picture,colour\na,b')).errors?.[0]).toMatchObject({ row: 1, column: 'B' })
  })
  test('a body of another kind, broken, or too long', async () => {
    expect((await refusedBody('<x/>', 415, { 'content-type': 'application/xml' })).type).toContain('media-type')
    for (const type of ['constructor', '__proto__', '']) await refusedBody('{}', 415, { 'content-type': type })
    await refusedBody('{}', 415, { 'content-encoding': 'gzip' })
    await refusedBody('{"uses":', 400)
    await refusedBody(Buffer.from('{"uses":"\xff"}', 'latin1'), 400)
    expect((await refusedBody('x', 413, { 'content-length': '99999999' })).detail).toContain('5 MB')
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(((sent += 65_536), 65_536)).fill(32)),
    })
    await refusedBody(endless, 413)
    expect(sent).toBeLessThan(6_000_000)
  })
  test('an idempotency key that cannot be kept', async () => {
    const body = { uses: [use('a')] }
    for (const key of ['with space', 'x'.repeat(201), 'ü'])
      expect((await refusedBody(body, 422, { 'idempotency-key': key })).type).toContain('idempotency-key')
  })
})

describe('an idempotency key', () => {
  const question = async () => ({ secret: await keyOf(await shop.buyer()), body: { uses: [use((await shop.asset()).id), use('Nowhere')] } })

  test('gets the same answer again, whatever has happened meanwhile', async () => {
    const { secret, body } = await question()
    const headers = { 'idempotency-key': 'spring-1' }
    const first = await send({ secret, body, headers })
    const text = await first.text()
    isA('Clearance', JSON.parse(text))
    const id = (JSON.parse(text) as { clearance: string }).clearance
    expect(first.headers.get('location')).toBe(`/clearance/lists/${id}`)
    await t.db.asset.update({ where: { id: body.uses[0]?.asset ?? '' }, data: { state: 'WITHDRAWN' } })
    expect(await (await send({ secret, body, headers })).text()).toBe(text)
    expect(await (await send({ secret, body, headers: { ...headers, accept: 'text/csv' } })).text()).toContain('licence')
    expect(await t.db.clearance.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'DONE',
      source: 'api',
      rowsDone: 2,
      amber: 1,
      errors: 1,
    })
  })

  test('is not for another question', async () => {
    const { secret, body } = await question()
    const headers = { 'idempotency-key': 'spring-2' }
    await send({ secret, body, headers })
    const told = await refused(await send({ secret, body: { uses: [use('Other')] }, headers }), 409)
    expect(told.type).toBe('urn:clearmark:problem:key-used-otherwise')
  })

  test('sent twice at once is one answer', async () => {
    const { secret, body } = await question()
    const answers = await Promise.all([1, 2, 3].map(() => send({ secret, body, headers: { 'idempotency-key': 'spring-3' } })))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(texts).size).toBe(1)
    expect(await t.db.clearance.count({ where: { idempotencyKey: 'spring-3' } })).toBe(1)
  })

  test('of another access key is another', async () => {
    const [one, two] = [await question(), await question()]
    const headers = { 'idempotency-key': 'spring-4' }
    expect((await send({ ...one, headers })).status).toBe(200)
    expect((await send({ ...two, headers })).status).toBe(200)
  })
})

test('a program that asks too often waits', async () => {
  const secret = await keyOf(await shop.buyer())
  const body = { uses: [use('Nowhere')] }
  for (let n = 0; n < programAllowance.turns; n++) expect((await send({ secret, body })).status).toBe(200)
  const answer = await send({ secret, body })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  await refused(answer, 429)
})

test('other methods are told which there is', async () => {
  const args = await asked(shop.ctx, '/api/v1/clearance', {})
  const request = new Request(args.request.url, {
    method: 'DELETE',
    headers: { host: 'clearmark.test', authorization: `Bearer ${await keyOf(await shop.buyer())}` },
  })
  const answer = (await action({ ...args, request } as never)) as Response
  expect(answer.headers.get('allow')).toBe('POST')
  await refused(answer, 405)
})

test('the description is served, and is itself sound', async () => {
  const described = (await (await describeApi((await asked(shop.ctx, '/api/v1/openapi.json')) as never)).json()) as ReturnType<
    typeof openApi
  >
  expect(described.openapi).toBe('3.1.0')
  expect(described.servers).toEqual([{ url: shop.ctx.origin }])
  for (const name of Object.keys(described.components.schemas))
    expect(() => ajv.compile({ $ref: `https://clearmark.test/openapi#/components/schemas/${name}` })).not.toThrow()
})
