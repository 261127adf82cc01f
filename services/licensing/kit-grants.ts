import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import type { Json } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import type { GrantKitError, RevokeKitError } from './errors.ts'
import { issueGrants, type GrantError } from './grants.ts'
import { endLicence } from './licences.ts'
import { mayDecideRights } from './policy.ts'
import type { GrantKit, RevokeKitGrant } from './schema.ts'

type Tx = Ctx<'db' | 'clock' | 'actor' | 'signer'>
/** A kit is given whole, or to all who hold it, in one transaction; of hundreds of licences each is written, signed and recorded. */
export const kitTime = { timeout: 120_000 }
export interface KitGrantResult {
  kitGrantId: string
  issued: number
  /** Assets of the kit for which no licence can be given, and why: the rights desk sees them at once. */
  refused: { assetId: string; error: GrantError }[]
}

/** Give a kit to a partner: one licence an asset, all citing this grant. What cannot be given is named, not hidden. */
export async function grantKit(ctx: Tx, { kitId, orgId, terms }: GrantKit): Promise<Result<KitGrantResult, GrantKitError>> {
  const { actor } = ctx
  const kit = await ctx.db.brandKit.findFirst({
    where: { id: kitId, houseId: actor.houseId, archivedAt: null },
    select: { id: true, title: true, _count: { select: { items: true } } },
  })
  if (!kit) throw new Refusal('not-found', `no kit ${kitId}`)
  if (!mayDecideRights(actor)) throw new Refusal('forbidden', 'grant a kit')
  const org = await ctx.db.organisation.findFirst({ where: { id: orgId, houseId: actor.houseId, kind: 'PARTNER' }, select: { id: true } })
  if (!org) return fail('not-a-partner')
  if (kit._count.items === 0) return fail('kit-is-empty')

  return inTransaction(
    ctx,
    async (tx) => {
      await lockKit(tx, kitId)
      const open = await tx.db.kitGrant.findFirst({ where: { kitId, orgId, revokedAt: null }, select: { id: true, endsAt: true } })
      // A grant whose term is over is no grant: the new one takes its place.
      if (open && (open.endsAt === null || open.endsAt > tx.clock.now())) return fail('already-granted', { kitGrantId: open.id })
      if (open) {
        const reason = 'Its term was over.'
        await tx.db.kitGrant.updateMany({
          where: { id: open.id, revokedAt: null },
          data: { revokedAt: tx.clock.now(), revokedReason: reason },
        })
        await record(tx, { type: 'kit-grant.ended', subject: { kind: 'kit-grant', id: open.id }, data: { kit: kitId, org: orgId, reason } })
      }
      const { period } = boxOf(terms)
      const kitGrantId = newId('kgr', tx.clock.now())
      await tx.db.kitGrant.create({
        data: {
          id: kitGrantId,
          houseId: actor.houseId,
          kitId,
          orgId,
          terms: { ...terms } as object,
          startsAt: period.from,
          endsAt: period.to,
          grantedById: actor.userId,
          createdAt: tx.clock.now(),
        },
      })
      await record(tx, {
        type: 'kit.granted',
        subject: { kind: 'kit-grant', id: kitGrantId },
        data: { kit: kitId, org: orgId, terms: terms as unknown as Json },
      })
      const synced = await syncGrant(tx, { id: kitGrantId, kitId, orgId, terms, title: kit.title })
      return ok({ kitGrantId, ...synced })
    },
    kitTime,
  )
}

/** Take a kit back from a partner: every licence that cites the grant ends. */
export async function revokeKitGrant(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { kitGrantId, reason }: RevokeKitGrant,
): Promise<Result<{ kitGrantId: string; ended: number }, RevokeKitError>> {
  const grant = await ctx.db.kitGrant.findFirst({
    where: { id: kitGrantId, houseId: ctx.actor.houseId },
    select: { kitId: true, orgId: true },
  })
  if (!grant) throw new Refusal('not-found', `no kit grant ${kitGrantId}`)
  if (!mayDecideRights(ctx.actor)) throw new Refusal('forbidden', 'revoke a kit grant')
  return inTransaction(
    ctx,
    async (tx) => {
      await lockKit(tx, grant.kitId)
      const { count } = await tx.db.kitGrant.updateMany({
        where: { id: kitGrantId, revokedAt: null },
        data: { revokedAt: tx.clock.now(), revokedReason: reason },
      })
      if (count === 0) return fail('already-revoked')
      await record(tx, {
        type: 'kit-grant.revoked',
        subject: { kind: 'kit-grant', id: kitGrantId },
        data: { kit: grant.kitId, org: grant.orgId, reason },
      })
      let ended = 0
      for (const licence of await liveLicences(tx, kitGrantId)) if (await endLicence(tx, licence, { by: 'REVOKED', reason })) ended++
      return ok({ kitGrantId, ended })
    },
    kitTime,
  )
}

/** After a kit's items changed: licences for what came, ends for what went. Call it in the transaction of the change. */
export async function syncKitGrants(tx: Tx, kitId: string): Promise<{ issued: number; ended: number }> {
  await lockKit(tx, kitId)
  const kit = await tx.db.brandKit.findUniqueOrThrow({ where: { id: kitId }, select: { title: true } })
  const grants = await tx.db.kitGrant.findMany({
    where: { kitId, revokedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: tx.clock.now() } }] },
    select: { id: true, kitId: true, orgId: true, terms: true },
    orderBy: { id: 'asc' },
  })
  let issued = 0
  let ended = 0
  for (const grant of grants) {
    const synced = await syncGrant(tx, { ...grant, terms: grant.terms as unknown as ScopeTerms, title: kit.title })
    issued += synced.issued
    ended += synced.ended
  }
  return { issued, ended }
}

/** Kits change and are granted one after the other. */
const lockKit = (tx: Ctx<'db'>, kitId: string) => tx.db.$queryRaw`SELECT id FROM brand_kits WHERE id = ${kitId} FOR UPDATE`

const liveLicences = (tx: Ctx<'db'>, kitGrantId: string) =>
  tx.db.licence.findMany({
    where: { kitGrantId, state: { in: ['ACTIVE', 'SUSPENDED'] } },
    select: { id: true, no: true, number: true, assetId: true },
    orderBy: { no: 'asc' },
  })

async function syncGrant(tx: Tx, grant: { id: string; kitId: string; orgId: string; terms: ScopeTerms; title: string }) {
  const items = await tx.db.brandKitItem.findMany({
    where: { kitId: grant.kitId },
    select: { assetId: true },
    orderBy: { position: 'asc' },
  })
  const wanted = new Set(items.map((item) => item.assetId))
  const live = await liveLicences(tx, grant.id)
  let ended = 0
  for (const licence of live)
    if (
      !wanted.has(licence.assetId) &&
      (await endLicence(tx, licence, { by: 'SUPERSEDED', reason: `Taken out of the kit “${grant.title}”.` }))
    )
      ended++
  const covered = new Set(live.map((licence) => licence.assetId))
  const missing = [...wanted].filter((assetId) => !covered.has(assetId))
  const outcomes = await issueGrants(
    tx,
    missing.map((assetId) => ({
      assetId,
      orgId: grant.orgId,
      model: 'PARTNER_GRANT',
      terms: grant.terms,
      purpose: `Brand kit “${grant.title}”`,
      kitGrantId: grant.id,
    })),
  )
  const refused = outcomes.flatMap((outcome, index) => (outcome.ok ? [] : [{ assetId: missing[index] as string, error: outcome.error }]))
  const by = isPerson(tx.actor) ? tx.actor.userId : null
  if (refused.length > 0)
    await record(tx, {
      type: 'kit-grant.incomplete',
      subject: { kind: 'kit-grant', id: grant.id },
      data: { kit: grant.kitId, org: grant.orgId, by, refused: refused as unknown as Json },
    })
  return { issued: missing.length - refused.length, ended, refused }
}
