import { z } from 'zod'

const askForPictures = 'Tick at least two pictures, or paste their numbers or addresses.'

/** A group as a form asks for it: pictures that were ticked, and numbers or addresses that were pasted, in any order and with anything between. */
export const groupTwinsForm = z.object({
  name: z.string('Give the group a name.').trim().min(1, 'Give the group a name.').max(120),
  pictures: z
    // An empty field among several of one name comes as undefined.
    .union([z.string().max(40_000), z.array(z.string().max(40_000).optional()).max(500)], askForPictures)
    .transform((text) => [
      ...new Set(
        [text]
          .flat()
          .join(' ')
          .match(/\bast_[0-9a-z]{26}\b/g) ?? [],
      ),
    ])
    .refine((ids) => ids.length >= 2, askForPictures)
    .refine((ids) => ids.length <= 500, 'A group has at most 500 pictures.'),
})
export const decideTwinForm = z.object({ decision: z.enum(['confirm', 'dismiss']) })
export const leaveGroupForm = z.object({ reason: z.string().trim().min(1).max(500) })
