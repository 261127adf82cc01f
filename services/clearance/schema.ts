import { z } from 'zod'
import { listLimits, mostRows } from './rules/columns.ts'
import type { Given } from './rules/line.ts'

/** What is told of a value that is not there, or of another kind. */
const wanted =
  (what: string) =>
  ({ input }: { input?: unknown }): string =>
    input === undefined ? `This is missing. ${what}` : what
const text = (most: number) =>
  z.string({ error: wanted('Write a text.') }).max(most, `Use at most ${most.toLocaleString('en')} characters.`)
/** Codes or English names, as a list or as one text with | between them. */
const words = z.union([text(8_000), z.array(text(80)).max(400)], {
  error: wanted('Write codes or English names: at most 400, as a list or as one text with | between them.'),
})

const useFields = {
  reference: text(200).optional(),
  asset: z.union([text(300), z.number().int().nonnegative()], {
    error: wanted('Name one asset by a text of at most 300 characters, or by its number.'),
  }),
  media: words,
  territory: words,
  except: words.optional(),
  industry: words.optional(),
  from: text(40),
  until: text(40).nullish(),
  exclusive: z.boolean('Say true or false.').optional(),
}
const plannedUse = z.strictObject(useFields, 'Send each use as an object.')
type PlannedUse = z.infer<typeof plannedUse>

/** What a program sends as JSON. Its words and days are read by the same rule as the cells of a list. */
export const clearanceRequest = z.strictObject(
  {
    for: text(64).optional(),
    uses: z
      .array(plannedUse, { error: wanted('Send the planned uses as a list.') })
      .min(1, 'Send at least one use.')
      .max(listLimits.rows, `Send at most ${mostRows} uses; split a longer list.`),
  },
  'Send an object with the list “uses”.',
)
export type ClearanceRequest = z.infer<typeof clearanceRequest>

/** A use of JSON as the cells of a row. */
export function givenOf({ asset, media, territory, except, industry, until, exclusive, ...rest }: PlannedUse): Given {
  const cell = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join('|') : (value ?? ''))
  return {
    ...rest,
    reference: rest.reference ?? '',
    asset: String(asset),
    media: cell(media),
    territory: cell(territory),
    except: cell(except),
    industry: cell(industry),
    until: until ?? '',
    exclusive: exclusive ? 'yes' : '',
  }
}
