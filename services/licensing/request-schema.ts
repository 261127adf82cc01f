import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import { askForGrantInput, type AskForGrant } from './schema.ts'

const day = (missing: string) => z.string({ error: missing }).refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.')
const known = (knows: (code: string) => unknown, what: string) =>
  z
    .string()
    .max(40)
    .refine((code) => Boolean(knows(code)), `Choose a ${what} from the list.`)

/** The four questions of the request form: what for, where does it appear, in which countries, from when to when. */
export const fourQuestions = z
  .object({
    assetId: z.string().max(64),
    purpose: z.string({ error: 'Say what you want to make with it.' }).trim().min(3, 'Say what you want to make with it.').max(2000),
    media: z.array(known(media.setOf, 'use')).min(1, 'Choose at least one place where it appears.').max(20),
    places: z.array(known(territories.setOf, 'region')).max(20),
    country: known(territories.setOf, 'country').optional(),
    from: day('Give the first day.'),
    until: day('Give the last day.'),
    zone: z.string().max(60),
  })
  .superRefine(({ places, country, from, until }, context) => {
    if (places.length === 0 && !country)
      context.addIssue({ code: 'custom', path: ['places'], message: 'Choose at least one region or country.' })
    if (until < from) context.addIssue({ code: 'custom', path: ['until'], message: 'The last day is before the first.' })
  })
export type FourQuestions = z.infer<typeof fourQuestions>

/** The answers as the terms that the rights desk decides on: non-exclusive, for every industry. */
export const asGrantWish = ({ assetId, purpose, media: uses, places, country, from, until, zone }: FourQuestions): AskForGrant =>
  askForGrantInput.parse({
    assetId,
    purpose,
    terms: {
      media: uses,
      territory: { include: [...new Set([...places, ...(country ? [country] : [])])] },
      industry: 'ALL',
      from,
      until,
      zone,
      exclusive: false,
    },
  })
