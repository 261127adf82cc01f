import type { Actor } from '../../kernel/actor.ts'
import { hasStaffRole } from '../../kernel/actor.ts'
import { isInForce } from '../../licensing/rules/in-force.ts'
import type { LicenceEnd, LicenceState } from '../../licensing/rules/licence-states.ts'
import type { LicenceModel } from '../../licensing/rules/models.ts'
import type { Limits } from '../../rights/rules/scope.ts'

/** What can be asked for as clean bytes: the version's own file, or its 2048-pixel JPEG. */
export const cleanRenditions = ['original', 'web'] as const
export type CleanRendition = (typeof cleanRenditions)[number]
/** What a licence may give: clean bytes, or, a layout licence, the marked file for layouts and nothing else. */
export const licensedRenditions = [...cleanRenditions, 'comp'] as const
export type LicensedRendition = (typeof licensedRenditions)[number]

/** A licence as far as delivery asks about it. */
export interface LicenceHeld {
  id: string
  holderOrgId: string
  model: LicenceModel
  state: LicenceState
  endedBy: LicenceEnd | null
  startsAt: Date
  endsAt: Date | null
  /** As agreed on: a cap on pixels leaves out the file in full size. */
  terms?: unknown
  /** Of its file there is no smaller copy (a film, a font): a cap on pixels caps nothing, and what was bought is the file. */
  onlyOneSize?: boolean
}

/** Why clean bytes are not given. These words are stored in the register: they are data. */
export const refusals = [
  'no-right',
  'not-yet',
  'ended',
  'suspended',
  'revoked',
  'not-issued',
  'rendition-not-included',
  'kit-not-granted',
  'kit-ended',
  'kit-revoked',
  'not-published',
  'embargoed',
  'legal-hold',
  'not-available',
] as const
export type DeliveryRefusal = (typeof refusals)[number]

export type Entitlement =
  { allowed: true; licenceId: string } | { allowed: false; reason: DeliveryRefusal; licenceId: string | null; at: Date | null }

const refuse = (reason: DeliveryRefusal, licence: LicenceHeld | null = null, at: Date | null = null): Entitlement => ({
  allowed: false,
  reason,
  licenceId: licence?.id ?? null,
  at,
})

const isForScreens = (terms: unknown): boolean => (terms as { limits?: Limits } | null | undefined)?.limits?.pixels !== undefined

/** How one licence answers at an instant. */
function answerOf(licence: LicenceHeld, rendition: LicensedRendition, now: Date): Entitlement {
  if (isInForce(licence, now)) {
    // Never more pixels than licensed: the screen size is the only one that is sold below the original.
    if (rendition === 'original' && !licence.onlyOneSize && isForScreens(licence.terms)) return refuse('rendition-not-included', licence)
    // A comp is for layouts: its file bears the mark, and nothing clean is ever given for it.
    return (licence.model === 'COMP') !== (rendition === 'comp')
      ? refuse('rendition-not-included', licence)
      : { allowed: true, licenceId: licence.id }
  }
  if (licence.state === 'ENDED' && licence.endedBy !== 'EXPIRED')
    return refuse(licence.endedBy === 'RELEASED' ? 'not-issued' : 'revoked', licence)
  if (licence.state === 'ENDED' || (licence.endsAt !== null && licence.endsAt <= now && licence.state !== 'RESERVED'))
    return refuse('ended', licence, licence.endsAt)
  if (licence.state === 'SUSPENDED') return refuse('suspended', licence)
  if (licence.state !== 'ACTIVE') return refuse('not-issued', licence)
  return refuse('not-yet', licence, licence.startsAt)
}

/** The order in which refusals help: first the one that time or a person can still change. */
const helpful: DeliveryRefusal[] = ['rendition-not-included', 'not-yet', 'suspended', 'not-issued', 'ended', 'revoked']

/**
 * Whether these licences let the actor have a rendition now. One in force is enough; of several refusals the one that
 * helps most is given. Licences of another organisation are as if they were not there.
 */
export function entitlement(actor: Actor, licences: readonly LicenceHeld[], rendition: LicensedRendition, now: Date): Entitlement {
  if (actor.kind !== 'person') return refuse('no-right')
  const answers = licences.filter(({ holderOrgId }) => holderOrgId === actor.orgId).map((licence) => answerOf(licence, rendition, now))
  const rank = (answer: Entitlement) => (answer.allowed ? -1 : helpful.indexOf(answer.reason))
  return answers.sort((a, b) => rank(a) - rank(b))[0] ?? refuse('no-right')
}

/**
 * What keeps bytes in although a licence gives them: an embargo keeps them from everybody outside, a legal hold only where it
 * says so, and what was purged is no longer there. Everything else that ends a picture's life leaves licences in force as
 * they are: they were sold with an end of their own.
 */
export function sealOf(version: {
  purgedAt: Date | null
  asset: { embargoEndsAt: Date | null; legalHolds: readonly unknown[] }
}): 'embargoed' | 'legal-hold' | 'not-available' | null {
  if (version.asset.legalHolds.length > 0) return 'legal-hold'
  if (version.asset.embargoEndsAt) return 'embargoed'
  return version.purgedAt ? 'not-available' : null
}

export interface KitGranted {
  orgId: string
  startsAt: Date
  endsAt: Date | null
  revokedAt: Date | null
}

export type KitStanding = 'open' | 'not-yet' | 'kit-ended' | 'kit-revoked' | 'kit-not-granted'

/** How a kit stands for an organisation: granted now, or why not. The newest grant that still lives decides, else the best of the dead. */
export function kitStanding(grants: readonly KitGranted[], orgId: string, now: Date): KitStanding {
  const standings = grants
    .filter((grant) => grant.orgId === orgId)
    .map(({ startsAt, endsAt, revokedAt }): KitStanding =>
      revokedAt !== null && revokedAt <= now
        ? 'kit-revoked'
        : endsAt !== null && endsAt <= now
          ? 'kit-ended'
          : now < startsAt
            ? 'not-yet'
            : 'open',
    )
  const order: KitStanding[] = ['open', 'not-yet', 'kit-ended', 'kit-revoked']
  return order.find((standing) => standings.includes(standing)) ?? 'kit-not-granted'
}

/** Staff who work with files may open them; those who only count or check may not. */
export const maySeeFiles = (actor: Actor): boolean => hasStaffRole(actor, 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER')
