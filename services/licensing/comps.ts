import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId, newNumber } from '../kernel/ids.ts'
import { dayOf } from '../kernel/period.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { makeCompFile } from '../assets/zoom.ts'
import { decideBeside } from '../rights/beside.ts'
import { loadRights, type LoadedRights } from '../rights/loading.ts'
import { availability } from '../rights/rules/availability.ts'
import { decide } from '../rights/rules/decide.ts'
import { LeafSet } from '../rights/rules/leaf-set.ts'
import { nearestTerms } from '../rights/rules/nearest.ts'
import { reasonsInWords } from '../rights/rules/reason-words.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { withinConsents } from '../rights/rules/within-consents.ts'
import type { CompError, RenewCompError } from './errors.ts'
import { endLicence, issueLicence } from './licences.ts'
import { currentPriceBook } from './price-books.ts'
import { compDaysOf, compTerms, isRenewable } from './rules/comp-terms.ts'
import { isInForce } from './rules/in-force.ts'
import { currentTerms } from './terms-templates.ts'

type Taking = Ctx<'db' | 'clock' | 'actor' | 'signer' | 'storage' | 'media' | 'language'>
type Tx = Ctx<'db' | 'clock' | 'actor' | 'signer'>

export interface Comp {
  licenceId: string
  number: string
  endsAt: Date
  /** It ran already: a second click gives the first one's licence. */
  before: boolean
}

/** Everything but what may be done inside a company: what a layout is made for. */
const published = media.resolve(['ALL']).difference(media.resolve(['internal', 'personal']))

/**
 * A layout licence for a picture of the store: its marked file for drafts that are not published, for some days, without a
 * price. Only where something could be licensed afterwards: not of what is withdrawn, not for sale, under embargo or wholly
 * taken. It occupies nothing. Two clicks give one.
 */
export const takeComp = (ctx: Taking, { assetId }: { assetId: string }): Promise<Result<Comp, CompError>> => take(ctx, assetId, false)

/** Another term for a comp that is about to end or has ended: decided anew, under a licence of its own. */
export async function renewComp(ctx: Taking, { licenceId }: { licenceId: string }): Promise<Result<Comp, RenewCompError>> {
  const { actor } = ctx
  const comp = isPerson(actor)
    ? await ctx.db.licence.findFirst({
        where: { id: licenceId, houseId: actor.houseId, holderOrgId: actor.orgId, model: 'COMP' },
        select: { assetId: true, endsAt: true, state: true },
      })
    : null
  if (!comp) throw new Refusal('not-found', `no comp ${licenceId}`)
  if (comp.state === 'ACTIVE' && !isRenewable(comp, ctx.clock.now())) return fail('too-early')
  return take(ctx, comp.assetId, true)
}

async function take(ctx: Taking, assetId: string, renewing: boolean): Promise<Result<Comp, CompError>> {
  const { actor, language } = ctx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'take a comp')
  const asset = await ctx.db.asset.findFirst({
    where: { id: assetId, houseId: actor.houseId, audience: 'STORE' },
    select: { id: true, no: true, state: true, publishedVersionId: true, sellsRoyaltyFree: true, sellsRightsManaged: true },
  })
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const versionId = asset.publishedVersionId
  if (asset.state !== 'PUBLISHED' || !versionId || !(asset.sellsRoyaltyFree || asset.sellsRightsManaged)) return fail('not-for-sale')
  const [prices, template, house] = await Promise.all([
    currentPriceBook(ctx),
    currentTerms(ctx, 'COMP'),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true, settings: true } }),
  ])
  if (!prices) return fail('not-for-sale')

  const rights = (await loadRights(ctx, { assetIds: [asset.id], claims: 'exclusive' })).get(asset.id)
  if (!rights) return fail('not-for-sale')
  const now = ctx.clock.now()
  const wished = compTerms(dayOf(now, house.timeZone), compDaysOf(house.settings), house.timeZone)
  const terms = termsToBeHad(rights, wished, now)
  if (!terms.ok)
    return fail('nothing-to-license', {
      why: reasonsInWords(terms.reasons, boxOf(wished), { zone: wished.zone }, language),
    })

  const running = await runningComp(ctx, asset.id, now)
  if (running && !renewing) return ok({ ...running, before: true })
  // Made outside the transaction and before the licence: a comp without its file helps nobody.
  if (!(await makeCompFile(ctx, versionId))) return fail('no-file')
  return inTransaction(ctx, (tx) =>
    write(tx, { asset: { ...asset, versionId }, terms: terms.value, templateId: template?.id ?? null, renewing }),
  )
}

/** The terms of a comp as far as they can be had, or why nothing can. */
function termsToBeHad(rights: LoadedRights, wished: ScopeTerms, now: Date) {
  const when = { at: now, knownAt: now }
  const forAnybody = { ...rights, licences: [] }
  const [[open] = []] = availability(forAnybody, { media: [published], territory: [LeafSet.all], by: 'holder' }, when)
  if (open === 'blocked') {
    const asked = { box: { ...boxOf(wished), media: published }, exclusive: false, by: 'holder' as const }
    return { ok: false as const, reasons: decide(forAnybody, asked, when).reasons }
  }
  const { terms } = withinConsents(forAnybody, wished, { knownAt: now })
  const decision = decide(forAnybody, { box: boxOf(terms), exclusive: false, by: 'holder' }, when)
  if (decision.verdict !== 'deny') return { ok: true as const, value: terms }
  // A contract for fewer places or days gives a comp for these.
  const [nearest] = nearestTerms(forAnybody, terms, { by: 'holder' }, when).filter(({ terms: rest }) => rest.from === terms.from)
  return nearest ? { ok: true as const, value: nearest.terms } : { ok: false as const, reasons: decision.reasons }
}

/** The comp that runs for the asker's company, if one does. */
async function runningComp(ctx: Ctx<'db' | 'actor'>, assetId: string, now: Date) {
  if (!isPerson(ctx.actor)) return null
  const row = await ctx.db.licence.findFirst({
    where: { houseId: ctx.actor.houseId, holderOrgId: ctx.actor.orgId, assetId, model: 'COMP', state: 'ACTIVE' },
    select: { id: true, number: true, state: true, startsAt: true, endsAt: true },
  })
  return row?.endsAt && isInForce(row, now) ? { licenceId: row.id, number: row.number, endsAt: row.endsAt } : null
}

interface Wanted {
  asset: { id: string; no: bigint; versionId: string }
  terms: ScopeTerms
  templateId: string | null
  renewing: boolean
}

async function write(tx: Tx, { asset, terms, templateId, renewing }: Wanted): Promise<Result<Comp, CompError>> {
  const { actor } = tx
  if (!isPerson(actor)) throw new Refusal('signed-out', 'take a comp')
  // The asset's row is the queue of two clicks; the index `one_running_comp` is the last line.
  await tx.db.$queryRaw`SELECT 1 AS locked FROM assets WHERE no = ${asset.no} AND house_id = ${actor.houseId} FOR NO KEY UPDATE`
  const now = tx.clock.now()
  const last = await tx.db.licence.findFirst({
    where: { houseId: actor.houseId, holderOrgId: actor.orgId, assetId: asset.id, model: 'COMP', state: { in: ['ACTIVE', 'SUSPENDED'] } },
    select: { id: true, no: true, number: true, state: true, startsAt: true, endsAt: true },
  })
  if (last && last.endsAt && last.endsAt > now) {
    if (last.state === 'SUSPENDED') return fail('suspended')
    // Two renewals at once: the first one's comp is no longer about to end.
    if (!renewing || !isRenewable(last, now)) return ok({ licenceId: last.id, number: last.number, endsAt: last.endsAt, before: true })
  }
  const still = await tx.db.asset.findFirst({
    where: { id: asset.id, state: 'PUBLISHED', audience: 'STORE', publishedVersionId: asset.versionId },
    select: { id: true },
  })
  if (!still) return fail('not-for-sale')
  if (last)
    await endLicence(tx, last, last.endsAt && last.endsAt > now ? { by: 'SUPERSEDED', reason: null } : { by: 'EXPIRED', reason: null })

  const box = boxOf(terms)
  const endsAt = box.period.to
  if (!endsAt) throw new Error('a comp ends')
  const { id, no } = await tx.db.licence.create({
    select: { id: true, no: true },
    data: {
      id: newId('lic', now),
      number: newNumber('CM', now),
      houseId: actor.houseId,
      holderOrgId: actor.orgId,
      model: 'COMP',
      state: 'RESERVED',
      assetId: asset.id,
      versionId: asset.versionId,
      terms: { ...terms } as object,
      exclusive: false,
      startsAt: box.period.from,
      endsAt,
      termsTemplateId: templateId,
      createdAt: now,
    },
  })
  const decided = await decideBeside(tx, { assetNo: asset.no, licenceNo: no, box })
  if (!decided.ok) throw new Refusal('conflict', `rights of ${asset.id} changed while a comp was taken`)
  const issued = await issueLicence(tx, id, { purpose: 'Layout, not for publication' })
  if (!issued.ok) throw new Error(`comp ${id} was reserved and could not be issued`)
  return ok({ licenceId: id, number: issued.value.number, endsAt, before: false })
}
