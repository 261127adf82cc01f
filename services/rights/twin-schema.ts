import { z } from 'zod'

const askForPictures = 'Paste the numbers or addresses of at least two pictures.'

/** A group as a form asks for it: numbers of pictures, or addresses that carry them, in any order and with anything between. */
export const groupTwinsForm = z.object({
  name: z.string('Give the group a name.').trim().min(1, 'Give the group a name.').max(120),
  pictures: z
    .string(askForPictures)
    .max(40_000)
    .transform((text) => [...new Set(text.match(/\bast_[0-9a-z]{26}\b/g) ?? [])])
    .refine((ids) => ids.length >= 2, askForPictures)
    .refine((ids) => ids.length <= 500, 'A group has at most 500 pictures.'),
})
export const decideTwinForm = z.object({ decision: z.enum(['confirm', 'dismiss']) })
export const leaveGroupForm = z.object({ reason: z.string().trim().min(1).max(500) })
