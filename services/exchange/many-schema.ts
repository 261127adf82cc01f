import { z } from 'zod'
import { acquisitionForm } from '../rights/schema.ts'

const ticked = z
  .boolean()
  .optional()
  .transform((yes) => yes ?? false)

/** The form by which a contract is recorded for many pictures at once. */
export const recordForManyForm = acquisitionForm
  .pick({ licensor: true, terms: true, subLicensable: true })
  .extend({ pictures: z.string('Name at least one picture.').trim().min(1, 'Name at least one picture.').max(400_000), replaces: ticked })

/** Its fields as a browser sends them. */
export interface RecordForManyFields {
  licensor: string
  pictures: string
  subLicensable: string
  replaces: string
  terms: {
    media: string[]
    territory: { include: string[]; except: string[] }
    industry: string[]
    from: string
    until: string
    zone: string
    exclusive: string
  }
}
