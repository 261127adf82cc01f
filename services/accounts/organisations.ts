import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { revokeKeysOf } from './access-keys.ts'
import type { CloseOrganisationError, ReopenOrganisationError } from './errors.ts'
import { may, type Act, type OrgThing } from './policy.ts'
import { slugOf } from './rules/slugs.ts'
import type { ChangeOrganisation, NewOrganisation } from './schema.ts'

type Keeping = Ctx<'db' | 'clock' | 'actor'>

/** The organisation, if the actor may do this to it; what they may not even see is not there. */
export async function organisationFor(ctx: Ctx<'db' | 'actor'>, orgId: string, act: Act): Promise<OrgThing & { name: string; closedAt: Date | null }> {
  const org = await ctx.db.organisation.findFirst({
    where: { id: orgId, houseId: ctx.actor.houseId },
    select: { id: true, houseId: true, kind: true, name: true, closedAt: true },
  })
  if (!org || !may(ctx.actor, 'see-organisation', org)) throw new Refusal('not-found', `no organisation ${orgId}`)
  if (!may(ctx.actor, act, org)) throw new Refusal('forbidden', `${act} ${orgId}`)
  return org
}

/** Take a partner or customer into the house's books. Its people come by invitation. */
export async function createOrganisation(ctx: Keeping, input: Omit<NewOrganisation, 'administrator'>): Promise<Result<{ orgId: string }>> {
  const { houseId } = ctx.actor
  if (!may(ctx.actor, 'create-organisation', { id: houseId, houseId, kind: 'OWNER' })) throw new Refusal('forbidden', 'create an organisation')
  return inTransaction(ctx, async (tx) => ok({ orgId: await addOrganisation(tx, input) }))
}

/** The row and its fact; also the first half of a registration, where a guest makes their own company. */
export async function addOrganisation(tx: Keeping, input: Omit<NewOrganisation, 'administrator'>): Promise<string> {
  const at = tx.clock.now()
  const id = newId('org', at)
  const { name, kind, country, currency, email = null, address = null, vatId = null } = input
  await tx.db.organisation.create({
    data: { id, houseId: tx.actor.houseId, kind, name, slug: slugOf(name, id), email, country, address, vatId, currency, createdAt: at },
    select: { id: true },
  })
  await record(tx, { type: 'organisation.created', subject: { kind: 'organisation', id }, data: { kind, name } })
  return id
}

/** Change what is printed on invoices and licences from now on. Issued papers keep what they say. */
export async function changeOrganisation(ctx: Keeping, { orgId, ...input }: ChangeOrganisation & { orgId: string }): Promise<Result<{ orgId: string }>> {
  await organisationFor(ctx, orgId, 'edit-organisation')
  const { name, country, email = null, address = null, vatId = null } = input
  return inTransaction(ctx, async (tx) => {
    await tx.db.organisation.update({ where: { id: orgId }, data: { name, country, email, address, vatId }, select: { id: true } })
    await record(tx, { type: 'organisation.changed', subject: { kind: 'organisation', id: orgId }, data: { name, country, address, vatId } })
    return ok({ orgId })
  })
}

/** End the business with a partner or customer: nobody of it can sign in, and who is signed in no longer is. Its licences stand. */
export async function closeOrganisation(ctx: Keeping, { orgId }: { orgId: string }): Promise<Result<{ orgId: string }, CloseOrganisationError>> {
  await organisationFor(ctx, orgId, 'close-organisation')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.organisation.updateMany({ where: { id: orgId, closedAt: null }, data: { closedAt: tx.clock.now() } })
    if (count === 0) return fail('already-closed')
    await tx.db.session.deleteMany({ where: { member: { orgId } } })
    await revokeKeysOf(tx, { orgId })
    await record(tx, { type: 'organisation.closed', subject: { kind: 'organisation', id: orgId } })
    return ok({ orgId })
  })
}

/** Take a closed organisation up again, with the members it had. */
export async function reopenOrganisation(ctx: Keeping, { orgId }: { orgId: string }): Promise<Result<{ orgId: string }, ReopenOrganisationError>> {
  await organisationFor(ctx, orgId, 'close-organisation')
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.organisation.updateMany({ where: { id: orgId, closedAt: { not: null } }, data: { closedAt: null } })
    if (count === 0) return fail('not-closed')
    await record(tx, { type: 'organisation.reopened', subject: { kind: 'organisation', id: orgId } })
    return ok({ orgId })
  })
}
