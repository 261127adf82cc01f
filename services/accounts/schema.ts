import { z } from 'zod'
import { roles } from '../kernel/actor.ts'
import { languages } from '../kernel/language.ts'
import { currencies } from '../kernel/money.ts'
import { isDay } from '../kernel/period.ts'
import { accessScopes } from './rules/access-keys.ts'
import { countryCodes } from './rules/countries.ts'
import { longestPassword, weakness } from './rules/passwords.ts'

const email = z.email('Enter an e-mail address, such as name@company.com.').max(200).transform((text) => text.trim().toLowerCase())
const line = (what: string, most = 120) => z.string({ error: `Enter ${what}.` }).trim().min(1, `Enter ${what}.`).max(most, `Use at most ${most} characters.`)
/** Never trimmed: spaces at the ends belong to a password. */
const present = z.string({ error: 'Enter your password.' }).max(longestPassword, 'This is longer than any password here.')
const fresh = z.string({ error: 'Choose a password.' }).superRefine((password, issue) => {
  const reason = weakness(password)
  if (reason) issue.addIssue({ code: 'custom', message: reason })
})
const then = z.string().max(2000).optional()
const id = z.string().max(64)

export const signInInput = z.object({ email, password: present, then })
export type SignIn = z.infer<typeof signInInput>

const country = z.enum(countryCodes, { error: 'Choose a country.' })

export const registerInput = z.object({
  organisation: line('the name of your company (or your own)'),
  country,
  name: line('your name'),
  email,
  password: fresh,
  then,
})
export type Register = z.infer<typeof registerInput>

export const joinInput = z.object({ name: line('your name'), password: fresh })
export type Join = z.infer<typeof joinInput>

export const forgotInput = z.object({ email })
export type Forgot = z.infer<typeof forgotInput>

export const resetInput = z.object({ password: fresh })
export type Reset = z.infer<typeof resetInput>

export const profileInput = z.object({ name: line('your name'), language: z.enum(languages).optional() })
export type Profile = z.infer<typeof profileInput>

export const passwordInput = z.object({ currentPassword: present, newPassword: fresh })
export type ChangePassword = z.infer<typeof passwordInput>

export const endSessionInput = z.object({ sessionId: id })
export const seatInput = z.object({ memberId: id })

const role = z.enum(roles)
export const inviteInput = z.object({ email, name: z.string().trim().max(120).optional(), roles: z.array(role).min(1, 'Choose at least one role.') })
export type Invite = z.infer<typeof inviteInput>

export const rolesInput = z.object({ memberId: id, roles: z.array(role).min(1, 'Choose at least one role.') })
export type ChangeRoles = z.infer<typeof rolesInput>

/** What is printed on invoices and licences. The VAT id's own form is checked loosely: each country has its own. */
const details = {
  name: line('the name'),
  email: email.optional(),
  country,
  address: z.string().trim().max(500, 'Use at most 500 characters.').optional(),
  vatId: z
    .string()
    .transform((text) => text.replace(/[\s.-]/g, '').toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{2}[A-Z0-9+*]{2,13}$/, 'A VAT id begins with two letters for the country, such as DE123456789.'))
    .optional(),
}
export const organisationInput = z.object(details)
export type ChangeOrganisation = z.infer<typeof organisationInput>

export const newOrganisationInput = z.object({
  ...details,
  kind: z.enum(['PARTNER', 'CUSTOMER'], { error: 'Choose what it is to us.' }),
  currency: z.enum(currencies).default('EUR'),
  administrator: email.optional(),
})
export type NewOrganisation = z.infer<typeof newOrganisationInput>

export interface CreateAccessKey {
  name: string
  scopes: readonly (typeof accessScopes)[number][]
  expiresAt: Date | null
}
/** As the form sends it: the last day; the route makes it an instant in the house's zone. */
export const accessKeyInput = z.object({
  name: line('a name, such as the program that will use it', 80),
  scopes: z.array(z.enum(accessScopes)).min(1, 'Choose at least one.'),
  until: z.string().refine(isDay, 'Give a day as year-month-day, e.g. 2027-12-31.').optional(),
})
export type AccessKeyForm = z.infer<typeof accessKeyInput>
export const keyInput = z.object({ keyId: id })
