import { hasRole, hasStaffRole, isStaff, type Actor } from '../kernel/actor.ts'

export type AssetAct = 'see' | 'open-files' | 'upload' | 'edit' | 'submit' | 'review' | 'publish' | 'withdraw' | 'archive' | 'restore'

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
    case 'publish':
    case 'archive':
    case 'restore':
      return hasStaffRole(actor, 'LIBRARIAN')
  }
}

const isOwnDraft = (actor: Actor, asset?: { createdById: string | null; state: string }): boolean =>
  isStaff(actor) && hasRole(actor, 'CONTRIBUTOR') && asset?.state === 'DRAFT' && asset.createdById === actor.userId
