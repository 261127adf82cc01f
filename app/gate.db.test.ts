import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrgKind, Person, Role } from '#services/kernel/actor.ts'
import { createAccessKey, revokeAccessKey } from '#services/accounts/access-keys.ts'
import { endMembership } from '#services/accounts/members.ts'
import { accessScopes, type AccessScope } from '#services/accounts/rules/access-keys.ts'
import { rolesFor } from '#services/accounts/rules/roles.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { asked, type Asking } from '#services/testing/edge.ts'
import { aHouse, anOrganisation, aPerson } from '#services/testing/world.ts'
import { gate, type Gate } from './gate.ts'
import { answering } from './http/answer.server.ts'
import { addresses } from './testing/whole.ts'

type Ask = (args: never) => unknown
interface Door {
  address: string
  loader?: Ask
  action?: Ask
}

const doors: Door[] = await Promise.all(
  addresses.map(async ({ address, file }) => ({
    address,
    ...((await import(file)) as Omit<Door, 'address'>),
  })),
)

let t: TestDb
let ctx: TestContext
let houseId: string
const orgs = {} as Record<OrgKind, string>
beforeAll(async () => {
  t = await testDb()
  ctx = testContext(t.db)
  houseId = (await aHouse(ctx)).id
  orgs.OWNER = houseId
  orgs.PARTNER = (await anOrganisation(ctx, { houseId, kind: 'PARTNER' })).id
  orgs.CUSTOMER = (await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })).id
})
afterAll(() => t[Symbol.asyncDispose]())

const someone = (kind: OrgKind, roles: readonly Role[] = rolesFor(kind)): Promise<Person> =>
  aPerson(ctx, { houseId, orgId: orgs[kind], roles: [...roles] })

/** The strongest strangers: everybody who holds all that can be held without being let in. */
async function strangersAt(rule: Gate): Promise<(Person | undefined)[]> {
  const guest = undefined
  switch (rule.who) {
    case 'public':
    case 'hook':
    case 'program':
      return []
    case 'key':
      return [guest, await someone('CUSTOMER')]
    case 'people':
      return [
        guest,
        ...(await Promise.all(
          (['OWNER', 'PARTNER', 'CUSTOMER'] as const).filter((kind) => !rule.kinds.includes(kind)).map((kind) => someone(kind)),
        )),
      ]
    case 'own-row':
      return [guest, await someone('CUSTOMER'), await someone('PARTNER'), await someone('OWNER', ['AUDITOR'])]
    case 'staff': {
      const others = rolesFor('OWNER').filter((role) => role !== 'ADMINISTRATOR' && !rule.roles.includes(role))
      const insider = rule.roles.length > 0 && others.length > 0 ? [await someone('OWNER', others)] : []
      return [guest, await someone('CUSTOMER'), await someone('PARTNER'), ...insider]
    }
  }
}

/** Those who must not be turned away. */
async function welcomeAt(rule: Gate): Promise<(Person | undefined)[]> {
  switch (rule.who) {
    case 'public':
      return [undefined, await someone('CUSTOMER'), await someone('OWNER')]
    case 'people':
      return Promise.all(rule.kinds.map((kind) => someone(kind)))
    case 'staff':
      return Promise.all([someone('OWNER', ['ADMINISTRATOR']), ...rule.roles.map((role) => someone('OWNER', [role]))])
    default:
      return []
  }
}

interface Answer {
  status: number
  location: string
  mediaType?: string
}

/** Calls the loader or action as the server does and says what came back. */
async function call(ask: Ask, address: string, asking: Asking): Promise<Answer> {
  const names = [...address.matchAll(/:(\w+)\??/g)].map((match) => match[1] ?? '')
  const params = Object.fromEntries(names.map((name) => [name, 'nothing']))
  const args = await asked(ctx, address.replace(/:\w+\??/g, 'nothing'), { params, ...asking })
  let answer: unknown
  try {
    answer = await answering(ask as (args: { request: Request }) => unknown)(args)
  } catch (thrown) {
    if (!(thrown instanceof Response)) {
      if (/^this test gave no /.test((thrown as Error).message)) return { status: 200, location: '' }
      throw thrown
    }
    answer = thrown
  }
  if (answer instanceof Response) {
    await answer.body?.cancel()
    return { status: answer.status, location: answer.headers.get('location') ?? '', mediaType: answer.headers.get('content-type') ?? '' }
  }
  const init = (answer as { type?: string; init?: { status?: number } } | null)?.init
  return { status: init?.status ?? 200, location: '' }
}

/** Keys that must not open `scope`, and what each is told. */
async function wrongKeys(scope: AccessScope): Promise<[what: string, authorization: string | undefined, status: number][]> {
  const keyOf = async (person: Person, scopes: AccessScope[]) => {
    const made = await createAccessKey(asActor(ctx, person), { name: 'Gate', scopes, expiresAt: null })
    if (!made.ok) throw new Error(made.error)
    return made.value
  }
  const person = await someone('CUSTOMER')
  const revoked = await keyOf(person, [scope])
  await revokeAccessKey(asActor(ctx, person), { keyId: revoked.id })
  const leaver = await someone('CUSTOMER')
  const left = await keyOf(leaver, [scope])
  await endMembership(asActor(ctx, await someone('OWNER')), { memberId: leaver.memberId })
  const other = await keyOf(
    person,
    accessScopes.filter((each) => each !== scope),
  )
  return [
    ['no key', undefined, 401],
    ['no bearer', 'Basic Y21rOmNtaw==', 401],
    ['a wrong key', `Bearer cmk_${'0'.repeat(32)}`, 401],
    ['a revoked key', `Bearer ${revoked.secret}`, 401],
    ['the key of a seat that has ended', `Bearer ${left.secret}`, 401],
    ['a key for something else', `Bearer ${other.secret}`, 403],
  ]
}

const isRefused = ({ status, location }: Answer): boolean =>
  status === 401 || status === 403 || status === 404 || (status >= 300 && status < 400 && /^\/(sign-in|refusals)\b/.test(location))

test('every address has its line in the table, and every line its address', () => {
  expect(addresses.map(({ address }) => address).sort()).toEqual(Object.keys(gate).sort())
})

describe.each(doors.flatMap((door) => (gate[door.address] ? [{ ...door, rule: gate[door.address] as Gate }] : [])))(
  '$address',
  ({ address, loader, action, rule }) => {
    const isPage = !address.includes(':')
    // Only what an address can be asked is a test of it: nothing is counted as skipped.
    const when = (asked: unknown, title: string, body: () => Promise<void>) => (asked ? test(title, body) : undefined)

    when(rule.who === 'program', 'only a key that opens it opens it, and the rest are told by problem+json', async () => {
      const scope = (rule as Extract<Gate, { who: 'program' }>).scope
      const as = await someone('OWNER')
      for (const [what, authorization, status] of await wrongKeys(scope))
        for (const [ask, method] of [
          [loader, 'GET'],
          [action, 'POST'],
        ] as const) {
          // Signed in besides: a cookie opens nothing here.
          const answer = ask && (await call(ask, address, { as, method, headers: authorization ? { authorization } : {} }))
          if (answer && answer.status !== 405) expect({ what, ...answer }).toMatchObject({ what, status, mediaType: 'application/problem+json' })
        }
    })

    when(rule.who !== 'public' && rule.who !== 'hook' && rule.who !== 'program', 'strangers are turned away', async () => {
      for (const as of await strangersAt(rule)) {
        const asking = as ? { as } : {}
        const who = as ? `${as.orgKind} ${as.roles.join('+')}` : 'guest'
        if (loader) {
          const answer = await call(loader, address, asking)
          // A loader that only leads elsewhere (to the page of its form) gives nothing away.
          expect(isRefused(answer) || (answer.status >= 300 && answer.status < 400), `${who} reads: ${JSON.stringify(answer)}`).toBe(true)
        }
        if (action) {
          const form = (rule.who === 'own-row' && rule.form) || {}
          const answer = await call(action, address, { ...asking, form })
          const malformed = answer.status === 400 && (rule.who === 'key' || (rule.who === 'own-row' && as))
          expect(isRefused(answer) || malformed, `${who} changes: ${JSON.stringify(answer)}`).toBe(true)
        }
      }
    })

    when(isPage && loader, 'those it is for are let in', async () => {
      for (const as of await welcomeAt(rule)) {
        const answer = await call(loader as Ask, address, as ? { as } : {})
        expect(isRefused(answer), `${as ? as.roles.join('+') : 'guest'}: ${JSON.stringify(answer)}`).toBe(false)
      }
    })

    when(rule.who === 'public' && !isPage && loader, 'an address that names nothing is answered plainly', async () => {
      const { status } = await call(loader as Ask, address, {})
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
    })

    when(action && rule.who === 'hook', 'a caller without a right key is answered plainly', async () => {
      const { status } = await call(action as Ask, address, { form: {} })
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
    })

    when(action && rule.who !== 'hook' && rule.who !== 'program', 'a change that another site sends is refused, whoever is signed in', async () => {
      const kind = rule.who === 'people' ? (rule.kinds[0] ?? 'OWNER') : 'OWNER'
      const as = await someone(kind)
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ]) {
        expect((await call(action as Ask, address, { as, form: {}, headers })).status).toBe(403)
      }
    })
  },
)
