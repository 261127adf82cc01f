import { sealedTitle } from './rules/sealing.ts'
import { hasRole, hasStaffRole, isStaff, type Actor, type Role } from '../kernel/actor.ts'

export type AssetAct =
  | 'see'
  | 'open-files'
  | 'upload'
  | 'edit'
  | 'submit'
  | 'review'
  | 'publish'
  | 'withdraw'
  | 'archive'
  | 'restore'
  | 'schedule'
  | 'hold'
  | 'embargo'
  | 'expire'
  | 'delete'
  | 'legal-hold'
  | 'roll-back'

/** Who may do what in the library. A contributor works on what is their own and still a draft; the rest is the librarian's. */
export function may(actor: Actor, act: AssetAct, asset?: { createdById: string | null; state: string }): boolean {
  switch (act) {
    case 'see':
      return isStaff(actor)
    case 'open-files':
      return hasStaffRole(actor, 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER')
    case 'upload':
      return hasStaffRole(actor, 'LIBRARIAN', 'CONTRIBUTOR')
    case 'edit':
    case 'submit':
      return hasStaffRole(actor, 'LIBRARIAN') || isOwnDraft(actor, asset)
    case 'review':
      return hasStaffRole(actor, 'REVIEWER')
    case 'withdraw':
      // The house's own jobs carry out what the rights desk decided for many pictures at once.
      return actor.kind === 'system' || hasStaffRole(actor, 'LIBRARIAN', 'RIGHTS_MANAGER')
    case 'hold':
    case 'embargo':
    case 'expire':
      // Who sees that something may not be shown must be able to stop it, whether the doubt is about the picture or its rights.
      return actor.kind === 'system' || hasStaffRole(actor, 'LIBRARIAN', 'RIGHTS_MANAGER')
    case 'legal-hold':
      return hasStaffRole(actor, 'RIGHTS_MANAGER')
    case 'archive':
    case 'delete':
      return actor.kind === 'system' || hasStaffRole(actor, 'LIBRARIAN')
    case 'publish':
    case 'schedule':
      // What a person planned, the clock carries out.
      return actor.kind === 'system' || hasStaffRole(actor, 'LIBRARIAN')
    case 'restore':
    case 'roll-back':
      return hasStaffRole(actor, 'LIBRARIAN')
  }
}

/** Who keeps library and rights knows of everything under an embargo; the others only of what names them. */
export const seesEmbargoed = (actor: Actor): boolean => actor.kind === 'system' || hasStaffRole(actor, ...keepers)
const keepers = ['LIBRARIAN', 'RIGHTS_MANAGER'] as const

interface Embargo {
  embargoEndsAt: Date | null
  embargoFor: readonly string[]
}

/** The same of one of the staff who is not asking but written to, or named. */
export const mayBeTold = (
  { userId, roles }: { userId: string | null; roles: readonly Role[] },
  { embargoEndsAt, embargoFor }: Embargo,
): boolean =>
  embargoEndsAt === null ||
  (userId !== null && embargoFor.includes(userId)) ||
  roles.some((role) => role === 'ADMINISTRATOR' || keepers.some((keeper) => keeper === role))

/** An asset's title in a letter to one of the staff. */
export const titleFor = (
  reader: { userId: string | null; roles: readonly Role[] },
  { title, ...embargo }: Embargo & { title: string },
): string => (mayBeTold(reader, embargo) ? title : sealedTitle)

/** A group of pictures is called by the title of one of them: whoever may not know of all is told of none. */
export const groupNameFor = (actor: Actor, name: string): string => (seesEmbargoed(actor) ? name : 'pictures alike')

/**
 * Whether staff may see an asset's bytes, previews included. Under an embargo only those who keep library and rights, and
 * the people whom it names: the others know that it is there, and see no picture.
 */
export function mayOpenBytes(actor: Actor, asset: Embargo): boolean {
  return isStaff(actor) && mayBeTold(actor, asset)
}

const isOwnDraft = (actor: Actor, asset?: { createdById: string | null; state: string }): boolean =>
  isStaff(actor) && hasRole(actor, 'CONTRIBUTOR') && asset?.state === 'DRAFT' && asset.createdById === actor.userId

/** Who decides which fields a record has and which terms it chooses from, and who changes many records at once. */
export const mayKeepSchemas = (actor: Actor): boolean => hasStaffRole(actor, 'LIBRARIAN')
