import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import type { FoundHouseError } from './errors.ts'
import { inviteMember } from './invitations.ts'

export interface FoundHouse {
  name: string
  slug: string
  email: string
  country: string
  address?: string
  vatId?: string
  timeZone: string
  currency: string
  /** The address at which it is reached; needed as soon as one installation holds several houses. */
  host?: string
  administrator: { email: string; name?: string }
}

/** The first act of an installation: the house itself, and an invitation to its first administrator. Done by the operator, never by a page. */
export async function foundHouse(ctx: Ctx<'db' | 'clock' | 'origin' | 'language'>, input: FoundHouse): Promise<Result<{ houseId: string; invitationId: string }, FoundHouseError>> {
  const { administrator, host, address, vatId, ...fields } = input
  const taken = await ctx.db.organisation.count({ where: { kind: 'OWNER', ...(host ? { host } : {}) } })
  if (taken > 0) return fail(host ? 'host-taken' : 'host-needed')
  const at = ctx.clock.now()
  const houseId = newId('org', at)
  return inTransaction({ ...ctx, actor: { kind: 'system', houseId, name: 'founding' } as const }, async (tx) => {
    await tx.db.organisation.create({
      data: { id: houseId, houseId, kind: 'OWNER', ...fields, address: address ?? null, vatId: vatId ?? null, host: host ?? null, createdAt: at },
      select: { id: true },
    })
    await record(tx, { type: 'house.founded', subject: { kind: 'organisation', id: houseId }, data: { name: fields.name, administrator: administrator.email } })
    const invited = await inviteMember(tx, { orgId: houseId, email: administrator.email, name: administrator.name, roles: ['ADMINISTRATOR'] })
    if (!invited.ok) throw new Error(`a new house could not invite its administrator: ${invited.error}`)
    return ok({ houseId, invitationId: invited.value.invitationId })
  })
}
