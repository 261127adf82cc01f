import { z } from 'zod'
import { isDay, type Day } from '../kernel/period.ts'
import { onLines, onOneLine } from '../kernel/written.ts'
import { askables, guestLicences, guestReleases } from './rules/declarations.ts'

const line = (most: number) => z.string().transform(onOneLine).pipe(z.string().max(most))
const text = (most: number) => z.string().transform(onLines).pipe(z.string().max(most))
const day = z
  .string()
  .refine((words) => isDay(words), { message: 'Choose a day.' })
  .transform((words) => words as Day)
const id = z.string().trim().min(1).max(64)
const gigabyte = 1024 ** 3

export const guestLinkForm = z
  .object({
    name: line(120).pipe(z.string().min(1, 'Give the link a name: the sender reads it.')),
    message: text(4000).default(''),
    password: z.string().min(8, 'At least 8 characters.').max(200).optional(),
    withoutPassword: z.literal('on').optional(),
    endsOn: day.optional(),
    mostFiles: z.coerce.number().int().min(1).max(100_000).optional(),
    mostGigabytes: z.coerce.number().min(0.001).max(100_000).optional(),
    collectionId: id.optional(),
    kind: z.enum(['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO']).optional(),
    briefId: id.optional(),
    asks: z.array(z.enum(askables)).default([]),
    toldUserIds: z.array(id).max(50).default([]),
  })
  .refine(({ password, withoutPassword }) => Boolean(password) || withoutPassword === 'on', {
    path: ['password'],
    message: 'Choose a password, or say that the link shall have none.',
  })
export type GuestLinkForm = z.output<typeof guestLinkForm>
export const bytesOf = (gigabytes: number | undefined): number | null => (gigabytes === undefined ? null : Math.round(gigabytes * gigabyte))

export const changeLinkForm = z.object({
  endsOn: day.optional(),
  mostFiles: z.coerce.number().int().min(1).max(100_000).optional(),
  mostGigabytes: z.coerce.number().min(0.001).max(100_000).optional(),
})
export type ChangeLinkForm = z.output<typeof changeLinkForm>

export const declarationForm = z.object({
  senderName: line(120).pipe(z.string().min(1)),
  senderEmail: z.email().max(254),
  source: line(500).default(''),
  licence: z.enum(guestLicences).optional(),
  licenceWords: text(2000).default(''),
  people: z.enum(guestReleases).optional(),
  property: z.enum(guestReleases).optional(),
})
export type DeclarationForm = z.output<typeof declarationForm>

export const decideFilesForm = z.object({
  uploadIds: z.array(id).min(1).max(500),
  reason: text(500).default(''),
})
