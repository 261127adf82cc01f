import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia'
import { Prisma } from '../platform/db.ts'
import type { Ctx } from '../platform/context.ts'
import type { OrgKind, Role } from '../kernel/actor.ts'
import type { Language } from '../kernel/language.ts'
import { systemClock } from '../platform/clock.ts'
import { hashToken } from '../platform/secrets.ts'
import { sessionDays } from './rules/sessions.ts'

interface SeatAttributes {
  /** The stored id: what pages may show and forms may name. */
  storedId: string
  memberId: string
  houseId: string
  orgId: string
  orgKind: OrgKind
  orgName: string
  roles: Role[]
  createdAt: Date
  lastSeenAt: Date
}
interface NewSession {
  memberId: string
  ip: string | null
  userAgent: string | null
}
interface PersonAttributes {
  name: string
  email: string
  language: Language | null
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SeatAttributes, PersonAttributes>
    DatabaseSessionAttributes: SeatAttributes | NewSession
    DatabaseUserAttributes: PersonAttributes
  }
}

interface Row extends SeatAttributes, PersonAttributes {
  userId: string
  expiresAt: Date
}

/**
 * Lucia's view of our tables. Three things differ from a plain adapter: what the cookie holds is stored as its hash; a
 * session is read together with its seat (member, organisation, house), in one statement, and is none at all where any of
 * them has ended; and the time is the house's clock, while Lucia reads the machine's, so instants are shifted on their way.
 */
function adapterOf({ db, clock }: Ctx<'db' | 'clock'>): Adapter {
  const skew = () => systemClock.now().getTime() - clock.now().getTime()
  const outward = (at: Date) => new Date(at.getTime() + skew())
  const inward = (at: Date) => new Date(at.getTime() - skew())
  return {
    async getSessionAndUser(secret): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const [row] = await db.$queryRaw<Row[]>(Prisma.sql`
        SELECT s.id AS "storedId", s.user_id AS "userId", s.expires_at AS "expiresAt", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
          m.id AS "memberId", m.roles::text[] AS roles, m.house_id AS "houseId", o.id AS "orgId", o.kind::text AS "orgKind", o.name AS "orgName", u.name, u.email, u.language
        FROM sessions s
        JOIN users u ON u.id = s.user_id AND u.closed_at IS NULL
        JOIN members m ON m.id = s.member_id AND m.user_id = s.user_id AND m.ended_at IS NULL
        JOIN organisations o ON o.id = m.org_id AND o.closed_at IS NULL
        JOIN organisations h ON h.id = m.house_id AND h.closed_at IS NULL
        WHERE s.id = ${hashToken(secret)}`)
      if (!row) return [null, null]
      const { userId, expiresAt, name, email, language, ...attributes } = row
      return [
        { id: secret, userId, expiresAt: outward(expiresAt), attributes },
        { id: userId, attributes: { name, email, language } },
      ]
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const { memberId } = attributes
      const { ip, userAgent } = attributes as NewSession
      const at = clock.now()
      await db.session.create({
        data: { id: hashToken(id), userId, memberId, ip, userAgent, expiresAt: inward(expiresAt), createdAt: at, lastSeenAt: at },
      })
    },
    async updateSessionExpiration(secret, expiresAt) {
      await db.session.updateMany({ where: { id: hashToken(secret) }, data: { expiresAt: inward(expiresAt) } })
    },
    async deleteSession(secret) {
      await db.session.deleteMany({ where: { id: hashToken(secret) } })
    },
    async deleteUserSessions(userId) {
      await db.session.deleteMany({ where: { userId } })
    },
    async deleteExpiredSessions() {
      await db.session.deleteMany({ where: { expiresAt: { lte: clock.now() } } })
    },
    // Listing is a view of ours (views.ts): the cookie's secret, which Lucia calls the id, cannot be had from the table.
    getUserSessions: async () => [],
  }
}

/** Lucia over the given database and clock. Cheap to make: it holds no connection of its own. */
export const luciaOf = (ctx: Ctx<'db' | 'clock'>): Lucia<SeatAttributes, PersonAttributes> =>
  new Lucia(adapterOf(ctx), {
    sessionExpiresIn: new TimeSpan(sessionDays.idle, 'd'),
    getSessionAttributes: (attributes) => attributes as SeatAttributes,
    getUserAttributes: (attributes) => attributes,
  })
