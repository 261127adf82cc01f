import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import { grantKitInput, type GrantKit } from './schema.ts'

const day = z.string({ error: 'Give the first day.' }).refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.')

/** What the grant form asks: whom, for which uses, where, from when to when. */
export const kitGrantForm = z
  .object({
    orgId: z.string({ error: 'Choose a partner.' }).max(64),
    media: z
      .array(
        z
          .string()
          .max(40)
          .refine((code) => Boolean(media.setOf(code)), 'Choose a use from the list.'),
      )
      .min(1, 'Choose at least one use.'),
    places: z
      .array(
        z
          .string()
          .max(40)
          .refine((code) => Boolean(territories.setOf(code)), 'Choose a region from the list.'),
      )
      .min(1, 'Choose at least one region.'),
    from: day,
    until: day.optional(),
    zone: z.string().max(60),
  })
  .refine(({ from, until }) => !until || until >= from, { path: ['until'], message: 'The last day is before the first.' })
export type KitGrantForm = z.infer<typeof kitGrantForm>

/** The form as the terms of a grant: non-exclusive, every industry. */
export const asKitGrant = (kitId: string, { orgId, media: uses, places, from, until, zone }: KitGrantForm): GrantKit =>
  grantKitInput.parse({
    kitId,
    orgId,
    terms: { media: uses, territory: { include: places }, industry: 'ALL', from, until: until ?? null, zone, exclusive: false },
  })
