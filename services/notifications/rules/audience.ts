import type { Role } from '../../kernel/actor.ts'
import type { Language } from '../../kernel/language.ts'

export interface Reader {
  userId: string
  name: string
  email: string
  /** In which they are written to. */
  language: Language
  roles: readonly Role[]
}

/**
 * Who of a house's or company's people gets a letter: those with one of the roles; where nobody has one, the administrators,
 * so that no request waits unread. Whoever did the thing is not told of it. One letter an address.
 */
export function audienceOf(
  members: readonly Reader[],
  { roles, except = null }: { roles?: readonly Role[]; except?: string | null } = {},
): Reader[] {
  const holding = roles ? members.filter((member) => member.roles.some((role) => roles.includes(role))) : members
  const chosen = holding.length > 0 ? holding : members.filter((member) => member.roles.includes('ADMINISTRATOR'))
  const seen = new Set<string>()
  return chosen.filter((member) => {
    const address = member.email.toLowerCase()
    if (member.userId === except || seen.has(address)) return false
    seen.add(address)
    return true
  })
}
