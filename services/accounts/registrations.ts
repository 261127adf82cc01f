import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo, violates } from '../platform/db.ts'
import { hashPassword } from '../platform/passwords.ts'
import { networkOf, takeTurn } from '../platform/rate-limit.ts'
import type { RegisterError } from './errors.ts'
import { askForMail } from './mails.ts'
import { addMember } from './members.ts'
import { addOrganisation } from './organisations.ts'
import { weakness } from './rules/passwords.ts'
import { allowances } from './rules/sign-in.ts'
import type { Register } from './schema.ts'
import { openSession } from './sessions.ts'

/**
 * A customer comes by themselves: a new organisation with this person as its administrator, signed in at once. An address
 * that is taken is said to be taken: hiding it would need a mail before the first purchase; the door counts turns instead.
 */
export async function registerCustomer(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'origin' | 'language'>,
  { ip, userAgent, ...input }: Omit<Register, 'then'> & { ip: string; userAgent?: string | null | undefined },
): Promise<Result<{ secret: string; orgId: string; userId: string }, RegisterError>> {
  const turn = await takeTurn(ctx, `register:${networkOf(ip)}`, allowances.register)
  if (!turn.ok) return fail('too-many', { retryAfterSeconds: turn.retryAfterSeconds })
  const { organisation, country, name, email, password } = input
  const reason = weakness(password, [email, name, organisation])
  if (reason) return fail('password-weak', { reason })
  const passwordHash = await hashPassword(password)

  try {
    return await inTransactionOrUndo(ctx, async (tx): Promise<Result<{ secret: string; orgId: string; userId: string }, RegisterError>> => {
      const at = tx.clock.now()
      const userId = newId('usr', at)
      await tx.db.user.create({ data: { id: userId, email, name, passwordHash, language: ctx.language, createdAt: at, lastSignInAt: at }, select: { id: true } })
      const orgId = await addOrganisation(tx, { kind: 'CUSTOMER', name: organisation, country, currency: 'EUR', email })
      const memberId = await addMember(tx, { orgId, userId, roles: ['ADMINISTRATOR', 'CUSTOMER'] })
      if (!memberId) throw new Error('a new person sits already in a new organisation')
      const { secret } = await openSession(tx, { userId, memberId, ip, userAgent })
      await askForMail(tx, 'welcome', { key: `welcome:${userId}`, to: email, props: { language: ctx.language, name, orgName: organisation, url: `${tx.origin}/account` } })
      return ok({ secret, orgId, userId })
    })
  } catch (error) {
    // Two registrations of one address at once: the second meets the index.
    if (violates(error, 'users_email_key') || violates(error, '"email"')) return fail('email-taken')
    throw error
  }
}
