import { isPerson, type OrgKind, type Person, type Role } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId, newSecret } from '../kernel/ids.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import { hashToken, sameSecret } from '../platform/secrets.ts'
import type { CreateAccessKeyError, OpenWithKeyError, RevokeAccessKeyError } from './errors.ts'
import { may } from './policy.ts'
import {
  keyAllowances,
  keyState,
  looksLikeKey,
  mostKeys,
  prefixOf,
  usedLongAgo,
  type AccessScope,
  type KeyState,
} from './rules/access-keys.ts'
import type { CreateAccessKey } from './schema.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor'>

/** Make a key for one's own seat. Its secret is handed back this once and is kept nowhere. */
export async function createAccessKey(
  ctx: Keeping,
  { name, scopes, expiresAt }: CreateAccessKey,
): Promise<Result<{ id: string; secret: string }, CreateAccessKeyError>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'make an access key')
  const now = ctx.clock.now()
  if (expiresAt && expiresAt <= now) return fail('ends-already')
  const secret = `cmk_${newSecret()}`
  return inTransaction(ctx, async (tx) => {
    // The seat's row is locked: of two keys made at once, the one too many is refused; and no key outlives a seat that ends meanwhile.
    const [seat] = await tx.db.$queryRaw<{ id: string }[]>`
      SELECT id FROM members WHERE id = ${actor.memberId} AND house_id = ${actor.houseId} AND ended_at IS NULL FOR UPDATE`
    if (!seat) throw new Refusal('forbidden', `no seat ${actor.memberId}`)
    const live = await tx.db.accessKey.count({
      where: { memberId: actor.memberId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    })
    if (live >= mostKeys) return fail('too-many-keys', { most: mostKeys })
    const id = newId('key', now)
    const prefix = prefixOf(secret)
    const kept = [...new Set(scopes)]
    await tx.db.accessKey.create({
      data: {
        id,
        houseId: actor.houseId,
        orgId: actor.orgId,
        memberId: actor.memberId,
        name,
        scopes: kept,
        prefix,
        secretSha256: hashToken(secret),
        createdAt: now,
        expiresAt,
      },
      select: { id: true },
    })
    await record(tx, {
      type: 'access-key.made',
      subject: { kind: 'access-key', id },
      data: { organisation: actor.orgId, name, prefix, scopes: kept, expires: expiresAt?.toISOString() ?? null },
    })
    return ok({ id, secret })
  })
}

/** End a key at once: one's own, or a member's where one keeps the members. */
export async function revokeAccessKey(
  ctx: Keeping,
  { keyId }: { keyId: string },
): Promise<Result<{ keyId: string }, RevokeAccessKeyError>> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'revoke an access key')
  const key = await ctx.db.accessKey.findFirst({
    where: { id: keyId, houseId: actor.houseId, ...(keepsMembers(actor) ? { orgId: actor.orgId } : { memberId: actor.memberId }) },
    select: { id: true, prefix: true, memberId: true },
  })
  if (!key) throw new Refusal('not-found', `no access key ${keyId}`)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.accessKey.updateMany({ where: { id: key.id, revokedAt: null }, data: { revokedAt: tx.clock.now() } })
    if (count === 0) return fail('already-revoked')
    await record(tx, {
      type: 'access-key.revoked',
      subject: { kind: 'access-key', id: key.id },
      data: { prefix: key.prefix, member: key.memberId },
    })
    return ok({ keyId })
  })
}

/** End every key of seats that end: a seat that is taken up again later begins without keys. The caller's fact says how many. */
export async function revokeKeysOf(tx: Ctx<'db' | 'clock'>, whose: { memberId: string } | { orgId: string }): Promise<number> {
  const { count } = await tx.db.accessKey.updateMany({ where: { ...whose, revokedAt: null }, data: { revokedAt: tx.clock.now() } })
  return count
}

export interface Opened {
  person: Person
  keyId: string
}
interface Row {
  id: string
  secretSha256: string
  scopes: string[]
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
  userId: string
  memberId: string
  orgId: string
  orgKind: OrgKind
  orgName: string
  roles: Role[]
  name: string
  email: string
  ended: boolean
}

/**
 * Who asks with this key, at this moment. A key that is unknown, revoked, expired, or whose seat, person or organisation
 * has ended is the same outcome: nobody learns which keys there once were. Misses are counted by network, uses by key.
 */
export async function openWithKey(
  ctx: Keeping,
  { secret, scope, ip }: { secret: string; scope: AccessScope; ip: string },
): Promise<Result<Opened, OpenWithKeyError>> {
  const now = ctx.clock.now()
  const row = looksLikeKey(secret) ? await keyBySecret(ctx, secret) : undefined
  if (!row || row.ended || keyState(row, now) !== 'live') {
    const turn = await takeTurn(ctx, `key-miss:${networkOf(ip)}`, keyAllowances.misses)
    return turn.ok ? fail('unknown-key') : fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  }
  const turn = await takeTurn(ctx, `key:${row.id}`, keyAllowances.uses)
  if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  if (!row.scopes.includes(scope)) return fail('scope-missing', { scope })
  if (usedLongAgo(row.lastUsedAt, now)) await ctx.db.accessKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
  const { id: keyId, userId, memberId, orgId, orgKind, orgName, roles, name, email } = row
  const person: Person = {
    kind: 'person',
    houseId: ctx.actor.houseId,
    userId,
    memberId,
    sessionId: keyId,
    orgId,
    orgKind,
    orgName,
    roles,
    name,
    email,
  }
  return ok({ person, keyId })
}

/** The person whose key this is, if it opens `scope`; for doors that answer everybody else alike. */
export async function actorOfKey(ctx: Keeping, secret: string, scope: AccessScope, ip: string): Promise<Person | undefined> {
  const opened = await openWithKey(ctx, { secret, scope, ip })
  if (opened.ok) return opened.value.person
  if (opened.error === 'too-many')
    throw new Refusal('too-many', 'access keys', (opened.detail as { retryAfterSeconds: number }).retryAfterSeconds)
  return undefined
}

async function keyBySecret(ctx: Keeping, secret: string): Promise<Row | undefined> {
  const hash = hashToken(secret)
  const [row] = await ctx.db.$queryRaw<Row[]>(Prisma.sql`
    SELECT k.id, k.secret_sha256 AS "secretSha256", k.scopes, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt",
      u.id AS "userId", m.id AS "memberId", o.id AS "orgId", o.kind::text AS "orgKind", o.name AS "orgName", m.roles::text[] AS roles, u.name, u.email,
      (m.ended_at IS NOT NULL OR u.closed_at IS NOT NULL OR o.closed_at IS NOT NULL OR h.closed_at IS NOT NULL) AS ended
    FROM access_keys k JOIN members m ON m.id = k.member_id JOIN users u ON u.id = m.user_id
      JOIN organisations o ON o.id = m.org_id JOIN organisations h ON h.id = k.house_id
    WHERE k.secret_sha256 = ${hash} AND k.house_id = ${ctx.actor.houseId}`)
  // The index has found it by hash; the last word is a comparison that tells nothing by its time.
  return row && sameSecret(row.secretSha256, hash) ? row : undefined
}

const keepsMembers = (actor: Person): boolean =>
  may(actor, 'manage-members', { id: actor.orgId, houseId: actor.houseId, kind: actor.orgKind })

export interface KeyLine {
  id: string
  name: string
  scopes: string[]
  prefix: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  state: KeyState
  owner: string
  own: boolean
}
const pageSize = 50

/** One's own keys; who keeps the members of an organisation sees all of its. Newest first. */
export async function accessKeysPage(ctx: Keeping, cursor?: string | null): Promise<Page<KeyLine> & { keepsMembers: boolean }> {
  const { actor } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'access keys')
  const keeps = keepsMembers(actor)
  const from = decodeCursor(cursor)
  const rows = await ctx.db.accessKey.findMany({
    where: {
      houseId: actor.houseId,
      orgId: actor.orgId,
      ...(keeps ? {} : { memberId: actor.memberId }),
      ...(from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {}),
    },
    select: {
      id: true,
      name: true,
      scopes: true,
      prefix: true,
      memberId: true,
      createdAt: true,
      expiresAt: true,
      lastUsedAt: true,
      revokedAt: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
  })
  const seats = await ctx.db.member.findMany({
    where: { id: { in: [...new Set(rows.map(({ memberId }) => memberId))] } },
    select: { id: true, user: { select: { name: true } } },
  })
  const names = new Map(seats.map(({ id, user }) => [id, user.name]))
  const now = ctx.clock.now()
  const lines = rows.map(({ memberId, revokedAt, ...row }) => ({
    ...row,
    state: keyState({ expiresAt: row.expiresAt, revokedAt }, now),
    owner: names.get(memberId) ?? '',
    own: memberId === actor.memberId,
  }))
  return { ...pageOf(lines, pageSize, ({ createdAt, id }) => encodeCursor(createdAt, id)), keepsMembers: keeps }
}
