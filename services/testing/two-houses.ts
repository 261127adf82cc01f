import { makeGuestLink } from '#services/intake/guest-links.ts'
import { guestLinkForm } from '#services/intake/schema.ts'
import { keepSelection } from '#services/assets/selections.ts'
import { openThread } from '#services/discussion/threads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addToBox } from '#services/lightboxes/items.ts'
import { createBox } from '#services/lightboxes/lightboxes.ts'
import { linkInput } from '#services/lightboxes/schema.ts'
import { makeLink } from '#services/lightboxes/sharing.ts'
import { submitAsset } from '#services/review/reviews.ts'
import { rolesFor } from '#services/accounts/rules/roles.ts'
import { createAccessKey } from '#services/accounts/access-keys.ts'
import { asActor } from './context.ts'
import { underContract, wholeWorld } from './desk.ts'
import { aGrantedKit, aHeldLicence, aKit } from './held-licences.ts'
import { anOpenOrder, type Shop } from './shop.ts'
import { anAsset, anOrganisation, aPerson } from './world.ts'

export interface Inhabited {
  staff: Person
  partner: Person
  customer: Person
  /** What is told once: secrets of addresses and keys. */
  secrets: { guestLink: string; boxLink: string; accessKey: string }
}
const sure = <T>(outcome: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}

/** A house with somebody of each kind in it, and a few of the rows that most of its addresses are about. */
export async function inhabit(shop: Shop): Promise<Inhabited> {
  const { ctx, houseId } = shop
  const partnerOrg = await anOrganisation(ctx, { houseId, kind: 'PARTNER' })
  const staff = await aPerson(ctx, { houseId, roles: [...rolesFor('OWNER')] })
  const colleague = await aPerson(ctx, { houseId, roles: ['LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'CONTRIBUTOR'] })
  const partner = await aPerson(ctx, { houseId, orgId: partnerOrg.id, roles: [...rolesFor('PARTNER')] })
  const customer = await shop.buyer()
  const spare = await anOrganisation(ctx, { houseId, kind: 'CUSTOMER' })
  await aPerson(ctx, { houseId, orgId: spare.id, roles: [...rolesFor('CUSTOMER')] })
  await aPerson(ctx, { houseId, orgId: customer.orgId, roles: ['CUSTOMER'] })
  const [desk, other, buyer] = [asActor(ctx, staff), asActor(ctx, colleague), asActor(ctx, customer)]
  const [first, second] = [await shop.asset({ title: 'Low tide' }), await shop.asset({ title: 'High tide' })]
  for (const state of ['DRAFT', 'DRAFT', 'APPROVED'] as const) await anAsset(ctx, { houseId, state, createdById: colleague.userId })
  await underContract(desk, first.id, 'A-17', null)
  const draft = await anAsset(ctx, { houseId, state: 'DRAFT', createdById: colleague.userId })
  sure(await openThread(desk, { versionId: first.currentVersionId ?? '', body: 'Too dark', mark: null, mentions: [] }))
  sure(await submitAsset(other, { assetId: draft.id, note: '' }))
  sure(await keepSelection(desk, { ids: [first.id, second.id] }))
  const { boxId } = sure(await createBox(buyer, null, { name: 'A box', note: '' }))
  sure(await addToBox(buyer, null, { assetId: first.id, boxId }))
  const boxLink = sure(await makeLink(buyer, boxId, linkInput.parse({ right: 'COMMENT' })))
  for (const orgId of [customer.orgId, partner.orgId]) await aHeldLicence(ctx, { asset: first, orgId, terms: wholeWorld })
  const kit = await aKit(ctx, { houseId, assets: [first, second] })
  const { grant } = await aGrantedKit(ctx, { kit, orgId: partner.orgId, assets: [] })
  for (const asset of [first, second]) await aHeldLicence(ctx, { asset, orgId: partner.orgId, terms: wholeWorld, kitGrantId: grant.id })
  await aKit(ctx, { houseId, assets: [first] })
  await anOpenOrder(shop, customer, [{ assetId: first.id, model: 'ROYALTY_FREE_STANDARD' }])
  const link = sure(await makeGuestLink(desk, guestLinkForm.parse({ name: 'Agency', withoutPassword: 'on' })))
  const key = sure(await createAccessKey(desk, { name: 'A program', scopes: ['clearance'], expiresAt: null }))
  return { staff, partner, customer, secrets: { guestLink: link.secret, boxLink: boxLink.secret, accessKey: key.secret } }
}
