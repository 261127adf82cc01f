import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseWithZod } from '@conform-to/zod/v4'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ZodType } from 'zod'
import type { Person } from '#services/kernel/actor.ts'
import { openSession } from '#services/accounts/sessions.ts'
import { stripePayments } from '#services/platform/payments/stripe.ts'
import { pdfkitPdf } from '#services/platform/pdf/pdfkit.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import type { TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { hostileWords, rawWords, worstWords } from '#services/testing/hostile-words.ts'
import { aShop } from '#services/testing/shop.ts'
import { inhabit, type Inhabited } from '#services/testing/two-houses.ts'
import { gate, type Gate } from './gate.ts'
import { fieldsIn, hearing, listenToForms, noteSchema, type Field } from './testing/heard.ts'
import { addresses, wholeProduct, type Address } from './testing/whole.ts'

// The library that holds forms against schemas does what it does; it is only listened to.
vi.mock('@conform-to/zod/v4', async (original) => {
  const real = await original<{ parseWithZod: typeof parseWithZod }>()
  const heardParse = (fields: FormData, options: { schema: unknown }) => {
    noteSchema(options.schema)
    return real.parseWithZod(fields, options as never)
  }
  return { ...real, parseWithZod: heardParse }
})

/** HOSTILE_WORDS=all holds every word of the list against every field; a run of every day takes some of them for each, other ones for the next. */
const thorough = process.env['HOSTILE_WORDS'] === 'all'
const patienceMs = 8_000

let t: TestDb
let ctx: TestContext
let answer: Awaited<ReturnType<typeof wholeProduct>>
let here: Inhabited
let there: Inhabited
let otherHouse: string
let houseId: string
let stop: () => void
const faults: string[] = []
const modules = new Map<string, { loader?: unknown; action?: unknown; default?: unknown }>()

/** The table that a parameter or a field names a row of. */
const tables: Readonly<Record<string, string>> = {
  assetId: 'assets',
  versionId: 'asset_versions',
  fromId: 'asset_versions',
  toId: 'asset_versions',
  boxId: 'lightboxes',
  briefId: 'briefs',
  paperId: 'papers',
  licenceId: 'licences',
  waitId: 'rights_waits',
  searchId: 'saved_searches',
  memberId: 'members',
  userId: 'members.user_id',
  orgId: 'organisations',
  holderOrgId: 'organisations',
  invitationId: 'invitations',
  orderId: 'orders',
  invoiceId: 'invoices',
  kitId: 'brand_kits',
  kitGrantId: 'kit_grants',
  deliveryId: 'deliveries',
  requestId: 'grant_requests',
  synonymId: 'search_synonyms',
  collectionId: 'collections',
  selectionId: 'library_selections',
  runId: 'library_runs',
  linkId: 'guest_links',
  uploadId: 'uploads',
  policyId: 'life_policies',
  threadId: 'discussion_threads',
  commentId: 'discussion_comments',
  likenessId: 'likenesses',
  routeId: 'review_routes',
  reviewId: 'reviews',
  fieldId: 'own_fields',
  vocabularyId: 'vocabularies',
  termId: 'vocabulary_terms',
  editId: 'bulk_edits',
  packId: 'licence_packs',
  discountId: 'given_discounts',
  draftId: 'price_drafts',
  rowId: 'acquisitions',
  saleId: 'imported_sales',
  planId: 'change_plans',
  importId: 'rights_imports',
  contractId: 'contracts',
  clearanceId: 'clearances',
  templateId: 'terms_templates',
  itemId: 'change_items',
  viewId: 'saved_views',
  keyId: 'access_keys',
}
/** Parameters that name no row. */
const otherParams: Readonly<Record<string, string>> = {
  rendition: 'web',
  preset: 'page',
  format: 'csv',
  file: 'pages.xml',
  template: 'contracts',
  slug: 'harbour',
  number: 'CM-2026-0001',
  token: 'nothing',
  key: 'nothing',
  stopKey: 'nothing',
  jobId: '1',
}

interface Asking {
  as: Person | undefined
  query?: URLSearchParams
  form?: FormData | URLSearchParams
  /** What a program sends instead of a form. */
  sent?: { method: string; body?: string | Uint8Array }
  params?: Record<string, string>
  /** The page itself instead of its data. */
  page?: boolean
  headers?: Record<string, string>
}
interface Answered {
  status: number
  text: string
}
const cookies = new Map<Person, string>()

function pathOf(address: string, params: Record<string, string>, id: string, { page, query, form }: Asking): string {
  const bare = address.replace('/*', '/nothing-here').replace(/:(\w+)\??/g, (_, name: string) => params[name] ?? 'nothing')
  if (page || !modules.get(id)?.default) return `${bare}?${query ?? ''}`
  const asked = new URLSearchParams(query)
  if (!form) asked.set('_routes', id)
  return `${bare === '/' ? '/_root' : bare}.data?${asked}`
}

/** One question or form, answered as the server would. What went wrong is added to `faults`. */
async function ask({ id, address }: Address, asking: Asking, what: string): Promise<Answered> {
  const { as, form, sent, params = {}, headers = {} } = asking
  const all = new Headers({
    host: 'clearmark.test',
    'user-agent': 'Mozilla/5.0 Firefox/132.0',
    'sec-fetch-site': 'same-origin',
    ...headers,
  })
  if (as) {
    if (!cookies.has(as)) cookies.set(as, (await openSession(ctx, { userId: as.userId, memberId: as.memberId } as never)).secret)
    all.append('cookie', `__Host-clearmark=${cookies.get(as)}`)
  }
  const path = pathOf(address, params, id, asking)
  const body = form ?? sent?.body
  const request = new Request(new URL(path, ctx.origin), {
    method: sent?.method ?? (form ? 'POST' : 'GET'),
    headers: all,
    ...(body !== undefined && { body: body as BodyInit }),
  })
  const before = faults.length
  const complain = (why: string) => faults.push(`${address} ${what}: ${why}`)
  const log = { ...ctx.log, error: (event: string, more?: { error?: unknown }) => complain(`${event} ${told(more?.error)}`) }
  const context = { house: { context: { ...ctx, log }, close: async () => {} }, nonce: 'test', requestId: 'req_test', ip: '192.0.2.1' }
  const started = performance.now()
  let status = 0
  let text = ''
  try {
    const answered = await answer(request, context as never)
    status = answered.status
    text = await answered.text()
  } catch (error) {
    complain(`thrown ${told(error)}`)
  }
  const ms = performance.now() - started
  if (ms > patienceMs) complain(`took ${Math.round(ms)} ms`)
  // 501 is how the protocol of uploads says that an extension of it is not spoken here.
  if (status >= 500 && status !== 501 && faults.length === before) complain(`${status} ${text.slice(0, 200)}`)
  const raw = status < 500 ? rawWords.exec(text.replaceAll(what, '')) : null
  if (raw) complain(`says ${text.slice(Math.max(0, raw.index - 60), raw.index + 100)}`)
  return { status, text }
}

const told = (error: unknown): string => {
  const { message = String(error), stack = '' } = (error ?? {}) as Error
  const at = stack.split('\n').filter((line) => /\/(app|services)\//.test(line) && !/testing|hostile-input/.test(line))
  return `${message.replace(/\s+/g, ' ').slice(-260)} ${at
    .slice(0, 2)
    .map((line) => line.trim())
    .join(' ')}`
}

const shown = (word: string): string => (word.length > 60 ? `${word.slice(0, 20)}… (${word.length})` : JSON.stringify(word))

async function idsOf(name: string, house: string): Promise<string[]> {
  const [table = '', column = 'id'] = (tables[name] ?? '').split('.')
  if (!table) return []
  const ours = [here, there].flatMap(({ staff, partner, customer }) => [staff, partner, customer])
  const taken = ours.flatMap((one) => [one.memberId, one.orgId, one.userId, one.houseId])
  const rows = await t.db.$queryRawUnsafe<{ id: string }[]>(
    `SELECT ${column} AS id FROM ${table} WHERE house_id = $1 ORDER BY 1 DESC LIMIT 12`,
    house,
  )
  return rows.map((row) => row.id).filter((id) => !taken.includes(id))
}

const namesIn = (address: string) => [...address.matchAll(/:(\w+)\??/g)].map((match) => match[1] ?? '')

/** Who is tried at an address: who may go there. */
function whoAt(rule: Gate, address: string): [string, Person | undefined] {
  if (rule.who === 'staff' || /^\/(library|rights|admin)\b/.test(address)) return ['staff', here.staff]
  if (rule.who === 'people') return rule.kinds.includes('CUSTOMER') ? ['customer', here.customer] : ['partner', here.partner]
  if (rule.who === 'own-row')
    return /^\/(portal|briefs|requests|refusals)/.test(address) ? ['partner', here.partner] : ['customer', here.customer]
  if (rule.who === 'key' || rule.who === 'hook' || rule.who === 'program') return ['guest', undefined]
  return ['customer', here.customer]
}

async function paramsFor(place: Address, as: Person | undefined): Promise<Record<string, string>> {
  const params: Record<string, string> = {}
  for (const name of namesIn(place.address)) {
    if (name === 'secret') params[name] = place.address.startsWith('/u/') ? here.secrets.guestLink : here.secrets.boxLink
    else params[name] = (await idsOf(name, houseId))[0] ?? otherParams[name] ?? 'nothing'
  }
  // A row that the person may see: the first of each that is answered.
  const { loader } = modules.get(place.id) ?? {}
  const reader = loader
    ? place
    : addresses.find(({ address, id }) => modules.get(id)?.loader && place.address.startsWith(address) && address.includes(':'))
  const [first] = namesIn(place.address)
  if (!reader || !first || first === 'secret') return params
  for (const id of (await idsOf(first, houseId)).slice(0, 6)) {
    const { status } = await ask(reader, { as, params: { ...params, [first]: id } }, 'looked for')
    if (status < 300) return { ...params, [first]: id }
  }
  return params
}

const isRow = (name: string): string => name.replace(/\[\d*\]$/, '').replace(/Ids$/, 'Id')
const plain = [
  'Harbour',
  'harbour',
  '1',
  '2027-01-01',
  '2027-01-01T10:00',
  'DE',
  'EUR',
  'en',
  'on',
  'true',
  'a@b.example',
  'Europe/Berlin',
  '#aabbcc',
  '10.00',
  'ALL',
  'advertising',
  '{}',
  '[]',
  'WORLD',
  '/library',
  'a'.repeat(64),
  'a'.repeat(16),
  'correct horse battery staple',
  'https://a.example/',
]

async function sensible({ name, schema, words, kind }: Field): Promise<string> {
  const ids = await idsOf(isRow(name.split('.').at(-1) ?? ''), houseId)
  if (ids[0]) return ids[0]
  if (words[0] !== undefined) return words[0]
  if (kind === 'boolean') return 'on'
  return plain.find((word) => schema.safeParse(word).success) ?? 'Harbour'
}

interface Form {
  schema: ZodType | null
  verb: [name: string, value: string] | null
  fields: Field[]
  base: [string, string][]
}
/** Names that the router asks for: routes, and marks of its own. */
const routersOwn = /^(_|root$|routes\/|index$|toJSON$)|^(new-|store-|de:|guest-|collection-feed|contributor-feed)/
const loose = { safeParse: () => ({ success: true }) } as unknown as ZodType

/** Words that a route compares what it was sent with. */
function verbsOf({ file }: Address): string[] {
  const seen = new Set<string>()
  const source = readFileSync(file, 'utf8')
  const near = [...source.matchAll(/from '#app\/(http\/[\w./-]+)'/g)].map((found) => `${import.meta.dirname}/${found[1]}`)
  for (const text of [
    source,
    ...near.filter((each) => !/http\/(context|form|guard|answer|toast)\.server/.test(each)).map((each) => readFileSync(each, 'utf8')),
  ])
    for (const [, word] of text.matchAll(/(?:case |=== |!== )'([\w-]+)'/g)) if (word) seen.add(word)
  return [...seen]
}
const isVerb = (name: string) => /^(verb|intent|act|way|_action|do|step)$/.test(name)

/** Every form that an address takes, learnt by sending it more and more of what it asks for. */
async function formsOf(place: Address, as: Person | undefined, params: Record<string, string>): Promise<Form[]> {
  const learnt = new Map<string, Form>()
  const open: Form['verb'][] = [null]
  const tried = new Set<string>()
  for (let verb = open.shift(); verb !== undefined && tried.size < 14; verb = open.shift()) {
    const key = verb ? verb.join('=') : ''
    if (tried.has(key)) continue
    tried.add(key)
    let form: Form = { schema: null, verb, fields: [], base: verb ? [verb] : [] }
    for (let round = 0; round < 2; round++) {
      const body = new FormData()
      for (const [name, value] of form.base) body.append(name, value)
      const heard = await hearing(() => ask(place, { as, params, form: body }, `learnt ${key} ${round}`))
      const found = [...heard.schemas].flatMap((schema) => fieldsIn(schema))
      const extra = [...heard.names].filter((name) => /^[\w.[\]-]+$/.test(name) && !routersOwn.test(name))
      const fields = [
        ...found,
        ...extra
          .filter((name) => !found.some((field) => field.name === name))
          .map((name): Field => ({ name, schema: loose, words: [], kind: 'string' })),
      ]
      for (const field of fields)
        if (isVerb(field.name) && !verb)
          for (const word of [...field.words, ...(field.words.length > 0 ? [] : verbsOf(place))]) open.push([field.name, word])
      const names = new Set(form.base.map(([name]) => name))
      const more: [string, string][] = []
      for (const field of fields) if (!names.has(field.name)) more.push([field.name, await sensible(field)])
      form = { schema: heard.schemas.size === 1 ? ([...heard.schemas][0] ?? null) : null, verb, fields, base: [...form.base, ...more] }
      if (more.length === 0) break
    }
    learnt.set(key, form)
  }
  return [...learnt.values()]
}

const bodyOf = (pairs: readonly (readonly [string, string | Blob])[]): FormData => {
  const body = new FormData()
  for (const [name, value] of pairs) body.append(name, value)
  return body
}
/** A word that its schema lets through goes further in, alone; one that it stops is held against the schema only, with all the others. */
function passes(form: Form, { name, schema }: Field, word: string): boolean {
  if (!form.schema || schema === loose) return true
  const { status, error } = parseWithZod(bodyOf([...form.base.filter(([other]) => other !== name), [name, word]]), {
    schema: form.schema,
  }) as never as {
    status?: string
    error?: Record<string, unknown>
  }
  return status === 'success' || !error?.[name]
}

type Attempt = () => Promise<unknown>

/** What is tried with one form, the likeliest to do harm first. */
function hostileForms(
  place: Address,
  as: Person | undefined,
  params: Record<string, string>,
  form: Form,
  foreign: readonly string[],
): Attempt[] {
  const { base, verb } = form
  const fields = form.fields.filter((field) => field.name !== verb?.[0])
  const names = fields.map(({ name }) => name)
  const verbPair = verb ? [verb] : []
  const without = (name: string) => base.filter(([other]) => other !== name)
  const attempts: Attempt[] = []
  const send = (pairs: () => readonly (readonly [string, string | Blob])[], what: string, page = false) =>
    attempts.push(() => ask(place, { as, params, form: bodyOf(pairs()), page }, `${verb?.join('=') ?? 'form'} ${what}`))
  const all = (i: number) => names.map((name, j) => [name, hostileWords[(i * 11 + j * 5) % hostileWords.length] ?? ''] as const)
  if (names.length > 0) {
    send(() => [...verbPair, ...all(place.address.length)], 'all of them', true)
    send(() => base.map(([name, value]) => [name === verb?.[0] ? name : `${name}[999999999]`, value] as const), 'a list without end')
  }
  for (const { name } of fields)
    if (tables[isRow(name)]) for (const id of foreign) send(() => [...without(name), [name, id]], `${name}=${id} of another house`)
  for (let i = 0; i < hostileWords.length; i += 5) send(() => [...verbPair, ...all(i)], `all ${i}`)
  for (const field of fields)
    for (const word of thorough ? hostileWords : worstWords)
      if (passes(form, field, word)) send(() => [...without(field.name), [field.name, word]], `${field.name}=${shown(word)}`)
  if (names.length === 0) return attempts
  send(() => [...verbPair, ...names.map((name) => [name, new File(['\u0000\u0001'], 'x\u202e.exe')] as const)], 'files')
  send(() => [...verbPair, ...names.map((name) => [name, 'a\u0000b'] as const)], 'with NUL')
  send(() => [...base, ...base], 'doubled')
  for (const odd of ['[0]', '.x.y', '.__proto__.x', '[]', '['])
    send(() => base.map(([name, value]) => [name === verb?.[0] ? name : name + odd, value] as const), `names with ${odd}`)
  const many = () => Array.from({ length: 5_000 }, (_, i) => [names[i % names.length] ?? '', `x${i}`] as const)
  send(() => [...verbPair, ...many()], '5,000 values')
  for (const name of names)
    if (/s$|\[/.test(name)) send(() => [...without(name), ...many().map(([, value]) => [name, value] as const)], `${name} 5,000 times`)
  return attempts
}

/** The first of them, and others from all over the rest: fewer every day than in the long run, and the same ones each time. */
async function tryOf(attempts: readonly Attempt[], first: number, more: number): Promise<void> {
  const rest = attempts.slice(first)
  const every = thorough ? 1 : Math.max(1, rest.length / more)
  for (const attempt of attempts.slice(0, first)) await attempt()
  for (let at = 0; at < rest.length; at += every) await rest[Math.floor(at)]?.()
}

const rowsOfOther = async (): Promise<Record<string, string>> => {
  const named = await t.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'house_id' AND table_schema = 'public' ORDER BY 1`
  const found: Record<string, string> = {}
  for (const { name } of named) {
    const [row] = await t.db.$queryRawUnsafe<{ of: string }[]>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(r::text), '' ORDER BY md5(r::text))), '') AS of FROM ${name} r WHERE house_id = $1`,
      otherHouse,
    )
    found[name] = row?.of ?? ''
  }
  return found
}

let standing: Record<string, string>
beforeAll(async () => {
  t = await testDb()
  const shop = await aShop(t.db)
  const beside = await aShop(t.db, shop)
  houseId = shop.houseId
  otherHouse = beside.houseId
  await t.db.organisation.update({ where: { id: houseId }, data: { host: 'clearmark.test' } })
  here = await inhabit(shop)
  there = await inhabit(beside)
  ctx = { ...shop.ctx, media: childMedia(), pdf: pdfkitPdf() }
  answer = await wholeProduct()
  for (const place of addresses) modules.set(place.id, (await import(place.file)) as object)
  stop = listenToForms()
  // The router tells of addresses that it cannot read, and of what its next version will not do.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  standing = await rowsOfOther()
}, 240_000)
afterAll(async () => {
  stop()
  await t[Symbol.asyncDispose]()
})

const last =
  /(archive|drop|revoke|close|end|remove|withdraw|delete|reject|cancel|erase|leave|forget|clear|sign-out|sessions|apply|publish|bin|refund)/
/** ADDRESS='^/library$' tries the addresses that it fits. */
const only = process.env['ADDRESS']
const places = addresses
  .filter(({ address }) => gate[address] && (!only || new RegExp(only).test(address)))
  .toSorted((a, b) => Number(last.test(a.address)) - Number(last.test(b.address)))

async function fresh(): Promise<void> {
  cookies.clear()
  faults.length = 0
  await t.db.$executeRaw`TRUNCATE rate_limits, sign_in_failures`
}

const patience = 600_000
describe('forms', () => {
  test.each(places)('$address $id', { timeout: patience }, async (place) => {
    if (!modules.get(place.id)?.action) return
    await fresh()
    const rule = gate[place.address] as Gate
    const [, as] = whoAt(rule, place.address)
    const params = await paramsFor(place, as)
    faults.length = 0
    const foreign = [
      ...new Set((await Promise.all(namesIn(place.address).map((name) => idsOf(name, otherHouse)))).map((ids) => ids[0] ?? '')),
    ].filter(Boolean)
    const forms = await formsOf(place, as, params)
    for (const form of forms) await tryOf(hostileForms(place, as, params, form, foreign), 2, Math.ceil(6 / forms.length))
    const odd = namesIn(place.address).flatMap((name) =>
      [...(thorough ? hostileWords : worstWords), ...foreign].map(
        (word, i) => (): Promise<unknown> =>
          ask(
            place,
            { as, params: { ...params, [name]: encodeURIComponent(word) }, form: bodyOf(forms[i % forms.length]?.base ?? []) },
            `:${name}=${shown(word)}`,
          ),
      ),
    )
    await tryOf(odd.toReversed(), 2, 2)
    await ask(place, { as: undefined, params, form: bodyOf(forms[0]?.base ?? []) }, 'a guest')
    expect([...new Set(faults)].slice(0, 12)).toEqual([])
  })
})

describe('questions', () => {
  test.each(places)('$address $id', { timeout: patience }, async (place) => {
    if (!modules.get(place.id)?.loader) return
    await fresh()
    const rule = gate[place.address] as Gate
    const [, as] = whoAt(rule, place.address)
    const params = await paramsFor(place, as)
    faults.length = 0
    const heard = await hearing(() => ask(place, { as, params }, 'plain'))
    const names = [
      ...new Set([...heard.names, ...[...heard.schemas].flatMap((schema) => fieldsIn(schema)).map(({ name }) => name)]),
    ].filter((name) => !routersOwn.test(name))
    const page = modules.get(place.id)?.default !== undefined
    if (page) await ask(place, { as, params, page: true }, 'plain page')
    const foreign = await Promise.all(namesIn(place.address).map((name) => idsOf(name, otherHouse)))
    const odd = namesIn(place.address).flatMap((name, i) =>
      [
        ...(thorough ? hostileWords : worstWords).map((word) => encodeURIComponent(word)),
        ...(foreign[i] ?? []).slice(0, 1),
        '%ED%A0%80',
      ].map((word) => (): Promise<unknown> => ask(place, { as, params: { ...params, [name]: word } }, `:${name}=${shown(word)}`)),
    )
    await tryOf(odd.toReversed(), 3, 3)
    const questions: Attempt[] = []
    const put = (pairs: [string, string][], shownAs: string, drawn = false) =>
      questions.push(() => ask(place, { as, params, query: new URLSearchParams(pairs), page: page && drawn }, shownAs))
    for (let i = 0; i < hostileWords.length && names.length > 0; i += 3) {
      const pairs = names.map((name, j): [string, string] => [
        name,
        hostileWords[(place.address.length + i * 11 + j * 5) % hostileWords.length] ?? '',
      ])
      put(pairs, `all ${i} ${shown(JSON.stringify(pairs).slice(0, 400))}`, i < 3)
    }
    for (const name of names) {
      for (const word of thorough ? hostileWords : worstWords) put([[name, word]], `?${name}=${shown(word)}`)
      put(
        [
          [name, '-1'],
          [name, 'x'],
          [name, ''],
        ],
        `?${name} thrice`,
      )
    }
    await tryOf(questions, 1, Math.min(8, 2 * names.length))
    await ask(place, { as: undefined, params, query: new URLSearchParams(names.map((name) => [name, 'x'.repeat(1_000)])) }, 'a guest')
    expect([...new Set(faults)].slice(0, 12)).toEqual([])
  })
})

/** A value that JSON can say and no form can. */
const hostileJson = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  '',
  'x'.repeat(10_000),
  [],
  {},
  [[]],
  [null],
  '\ud800',
  'a\u0000b',
  '2026-02-31',
  '0000-00-00',
  '+275760-09-13',
  '__proto__',
  "';--",
]

/** The same document with one place in it changed, for every place. */
function* changedIn(whole: unknown, put: (value: unknown) => unknown, value: unknown): Generator<unknown> {
  yield put(value)
  if (typeof whole !== 'object' || whole === null) return
  for (const [key, inner] of Object.entries(whole))
    yield* changedIn(
      inner,
      (changed) =>
        put(Array.isArray(whole) ? whole.map((each: unknown, i) => (String(i) === key ? changed : each)) : { ...whole, [key]: changed }),
      value,
    )
}
const placeAt = (address: string): Address => addresses.find((place) => place.address === address) as Address

describe('programs', () => {
  test('what is asked of the API is answered by a problem in words, or an answer', { timeout: patience }, async () => {
    await fresh()
    const place = placeAt('/api/v1/clearance')
    const [asset = ''] = await idsOf('assetId', houseId)
    const [foreign = ''] = await idsOf('assetId', otherHouse)
    const [foreignOrg = ''] = await idsOf('orgId', otherHouse)
    const headers = { authorization: `Bearer ${here.secrets.accessKey}`, 'content-type': 'application/json' }
    const send = async (body: string | Uint8Array, what: string, more: Record<string, string> = {}) => {
      const { status, text } = await ask(place, { as: undefined, sent: { method: 'POST', body }, headers: { ...headers, ...more } }, what)
      if (status >= 400 && !(JSON.parse(text) as { detail?: string }).detail) faults.push(`${what}: ${status} without a word`)
      return status
    }
    const use = {
      asset,
      media: ['web-banner'],
      territory: ['DE'],
      from: '2027-01-01',
      until: '2027-12-31',
      industry: 'ALL',
      exclusive: false,
      printRun: 100,
      reference: 'a',
    }
    const whole = { uses: [use], for: here.customer.orgId }
    const attempts: Attempt[] = hostileJson.flatMap((value) =>
      [...changedIn(whole, (changed) => changed, value)].map(
        (body, i): Attempt =>
          () =>
            send(JSON.stringify(body), `place ${i} ${shown(JSON.stringify(value))}`),
      ),
    )
    expect(
      await send(
        JSON.stringify({ uses: [{ asset, media: ['web-banner'], territory: ['DE'], from: '2027-01-01', until: '2027-12-31' }] }),
        'an honest one',
      ),
    ).toBe(200)
    for (const body of [
      '',
      '{',
      '[',
      'null',
      '"x"',
      '[]',
      '{}',
      '{"uses":1e309}',
      '{"uses":[{"printRun":1e309}]}',
      '['.repeat(100_000),
      `{"uses":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      '{"__proto__":{"uses":[]}}',
      '\ufeff{}',
    ])
      await send(body, `body ${shown(body)}`)
    await send(Buffer.from([0xff, 0xfe, 0x00]), 'no UTF-8')
    await send(JSON.stringify({ uses: Array.from({ length: 5_001 }, () => use) }), 'too many')
    for (const word of [...worstWords, foreign])
      await send(`asset,media,territory,from,until\n${word},${word},${word},${word},${word}`, `csv ${shown(word)}`, {
        'content-type': 'text/csv',
      })
    for (const id of [foreign, foreignOrg]) await send(JSON.stringify({ ...whole, for: id }), `for ${id}`)
    await send(JSON.stringify({ uses: [{ ...use, asset: foreign }] }), 'the asset of another house')
    for (const [name, value] of [
      ['content-type', '__proto__'],
      ['content-type', 'constructor'],
      ['content-encoding', 'gzip'],
      ['idempotency-key', 'x'.repeat(5_000)],
      ['idempotency-key', ' '],
      ['authorization', 'Bearer \u00ff'],
      ['authorization', `Bearer cmk_${'x'.repeat(9_000)}`],
      ['accept', 'text/csv;q=x'],
    ] as const)
      await send(JSON.stringify({ uses: [use] }), `${name}: ${shown(value)}`, { [name]: value })
    await tryOf(attempts, 0, 60)
    for (const method of ['PUT', 'PATCH', 'DELETE']) await ask(place, { as: undefined, sent: { method, body: '{}' }, headers }, method)
    expect([...new Set(faults)].slice(0, 12)).toEqual([])
  })

  test('files in pieces: numbers, words and names that the protocol has not', { timeout: patience }, async () => {
    await fresh()
    const tus = { 'tus-resumable': '1.0.0' }
    for (const [begin, as, params] of [
      ['/library/upload/pieces', here.staff, {}],
      ['/u/:secret/pieces', undefined, { secret: here.secrets.guestLink }],
    ] as const) {
      const say = (method: string, headers: Record<string, string>, more: { uploadId?: string; body?: string } = {}) =>
        ask(
          placeAt(more.uploadId === undefined ? begin : `${begin}/:uploadId`),
          {
            as,
            params: { ...params, ...(more.uploadId !== undefined && { uploadId: more.uploadId }) },
            sent: { method, ...(more.body !== undefined && { body: more.body }) },
            headers: { ...tus, ...headers },
          },
          `${method} ${shown(JSON.stringify(headers))} ${more.uploadId ?? ''}`,
        )
      const b64 = (text: string) => Buffer.from(text).toString('base64')
      const numbers = [
        '',
        '-1',
        '1.5',
        'NaN',
        '1e309',
        '1e3',
        '0x10',
        '9'.repeat(400),
        '9223372036854775808',
        '9007199254740993',
        '1000000000000000',
        ' 5',
        '5,5',
      ]
      const named = { 'upload-metadata': `filename ${b64('a.jpg')}` }
      for (const length of numbers) await say('POST', { 'upload-length': length, ...named })
      for (const metadata of [
        '',
        'filename',
        'filename ',
        'filename !!!',
        ',,,',
        ' ',
        `filename ${b64('a')},filename ${b64('b')}`,
        `__proto__ ${b64('a')}`,
        ...worstWords.map((word) => `filename ${b64(word)}`),
        `filename ${b64('a\0b')}`,
        `filename ${b64('a.jpg')},asset ${b64("'")}`,
        `filename ${b64('a.jpg')},brief ${b64('x'.repeat(999))}`,
        `filename ${b64('a.jpg')},key ${b64('short')}`,
        `filename ${b64('a.jpg')},key ${b64('\u{1f600}'.repeat(20))}`,
      ])
        await say('POST', { 'upload-length': '10', 'upload-metadata': metadata })
      for (const [name, value] of [
        ['tus-resumable', '9.9.9'],
        ['tus-resumable', ''],
        ['upload-defer-length', '1'],
        ['upload-concat', 'partial'],
        ['upload-concat', 'final;/a /b'],
        ['x-http-method-override', '__proto__'],
        ['x-http-method-override', 'PATCH'],
      ] as const)
        await say('POST', { 'upload-length': '10', ...named, [name]: value })
      const [uploadId = 'nothing'] = await idsOf('uploadId', houseId)
      for (const id of [uploadId, ...worstWords.filter(Boolean).map((word) => encodeURIComponent([...word].slice(0, 500).join('')))]) {
        for (const method of ['HEAD', 'GET', 'PUT', 'OPTIONS']) await say(method, {}, { uploadId: id })
        for (const offset of id === uploadId ? numbers : ['0'])
          await say('PATCH', { 'upload-offset': offset, 'content-type': 'application/offset+octet-stream' }, { uploadId: id, body: 'xx' })
      }
      await say('PATCH', { 'upload-offset': '0', 'content-type': 'text/plain' }, { uploadId, body: 'xx' })
      await say(
        'PATCH',
        { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        { uploadId, body: 'x'.repeat(50_000) },
      )
      await say('DELETE', {}, { uploadId: 'upl_nobody' })
    }
    expect([...new Set(faults)].slice(0, 12)).toEqual([])
  })

  test('at the doorbells nothing but the provider’s own signature opens', { timeout: patience }, async () => {
    await fresh()
    const stripe = stripePayments({ secretKey: 'sk_test_1', webhookSecrets: ['whsec_test'], production: false })
    const before = await t.db.stripeEvent.count()
    const real = ctx
    ctx = { ...ctx, payments: { ...ctx.payments, readEvent: stripe.readEvent } }
    try {
      const signed = (body: string, at = Math.floor(Date.now() / 1000)) =>
        `t=${at},v1=${createHmac('sha256', 'whsec_test').update(`${at}.${body}`).digest('hex')}`
      for (const body of [
        '',
        '{',
        'null',
        '[]',
        '{}',
        '{"id":1,"object":"event"}',
        '{"object":"event","type":"x","livemode":false}',
        '\ufeff{}',
        '['.repeat(50_000),
        'x'.repeat(200_000),
      ])
        for (const signature of [
          '',
          't=,v1=',
          't=1,v1=zz',
          `t=${'9'.repeat(400)},v1=a`,
          `v1=${'a'.repeat(64)}`,
          ','.repeat(5_000),
          signed('other'),
          signed(body),
          signed(body, 1),
        ]) {
          const { status } = await ask(
            placeAt('/hooks/stripe'),
            {
              as: undefined,
              sent: { method: 'POST', body },
              headers: { 'stripe-signature': signature, 'content-type': 'application/json' },
            },
            `${shown(body)} ${shown(signature)}`,
          )
          if (status !== 400) faults.push(`${shown(body)} ${shown(signature)}: ${status}`)
        }
      await ask(placeAt('/hooks/stripe'), { as: undefined, sent: { method: 'POST', body: '{}' } }, 'unsigned')
      for (const method of ['PUT', 'DELETE', 'GET']) await ask(placeAt('/hooks/stripe'), { as: undefined, sent: { method } }, method)
    } finally {
      ctx = real
    }
    expect(await t.db.stripeEvent.count()).toBe(before)
    expect([...new Set(faults)].slice(0, 12)).toEqual([])
  })
})

test('nothing that was sent here has changed a row there', async () => {
  expect(await rowsOfOther()).toEqual(standing)
})
