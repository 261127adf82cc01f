import { hasStaffRole, type Actor } from '../kernel/actor.ts'

export type RetentionAct = 'see' | 'write' | 'approve' | 'set-retention' | 'purge' | 'see-holds'

/** Librarians write the rules by which lives end; what deletes is agreed to by a second of them. Only an administrator empties the bin by hand. */
export function may(actor: Actor, act: RetentionAct): boolean {
  switch (act) {
    case 'see':
    case 'see-holds':
      return hasStaffRole(actor, 'LIBRARIAN', 'RIGHTS_MANAGER', 'AUDITOR')
    case 'write':
    case 'approve':
      return hasStaffRole(actor, 'LIBRARIAN')
    case 'set-retention':
    case 'purge':
      return hasStaffRole(actor, 'ADMINISTRATOR')
  }
}
