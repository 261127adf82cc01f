import { Readable } from 'node:stream'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { receiveList } from '#services/clearance/lists.ts'
import { byteOrderMark, csvLine } from '#services/compliance/rules/csv.ts'
import { sure, type Story } from './story.ts'

type Planned = [reference: string, asset: string, media: string, territory: string, first: number, last: number | null, exclusive?: 'yes']

/** Next year's plans, as people keep them: most can be had, some are taken or barred, two are slips of the pen. */
const plans: Planned[] = [
  ['Spring window', 'Quarter Turns', 'point-of-sale|street-poster', 'DE|AT|CH', 100, 190],
  ['Spring window', 'Half Moons', 'point-of-sale', 'Germany', 100, 190],
  ['Newsletter', 'Tidal Currents', 'promotional-email', 'EU27', 30, 60],
  ['Poster', 'Airplane, Viewed from Above Looking Down', 'street-poster|billboard', 'US|CA', 0, 120],
  ['Catalogue', 'Acanthus mollis', 'catalogue', 'FR|BE|DE', 20, 200],
  ['Packaging', 'Acanthus mollis', 'packaging', 'WORLD', 20, null, 'yes'],
  ['Magazine', 'Boats in River, Nagasaki', 'magazine-editorial', 'JP|GB', 5, 35],
  ['Campaign', 'Black Cañon, Colorado River, from Camp 8, Looking Above', 'advertising|social', 'US', 60, 240],
  ['Campaign', 'Abandoned Dust Bowl Home', 'advertising', 'DE', 60, 240],
  ['Web', 'Seven Ridges', 'web-banner social', 'WORLD', 0, 365],
  ['Web', 'Seven Ridge', 'web-banner', 'WORLD', 0, 365],
  ['Calendar', 'A March Pastoral, Suffolk', 'calender', 'GB', 300, 200],
]

/** Lists of planned uses that were asked: the house's own, and a partner's. */
export async function planAhead(story: Story, askers: readonly Person[]): Promise<void> {
  const today = story.today.toISOString().slice(0, 10)
  const rows = plans.map(([reference, asset, media, territory, first, last, exclusive = '']) =>
    csvLine([reference, asset, media, territory, addDays(today, first), last === null ? '' : addDays(today, last), exclusive as string]),
  )
  const text = byteOrderMark + csvLine(['reference', 'asset', 'media', 'territory', 'from', 'until', 'exclusive']) + rows.join('')
  for (const asker of askers)
    sure(await receiveList(story.as(asker), { fileName: 'Plans for next year.csv', source: Readable.from([Buffer.from(text)]) }), 'ask a list of plans')
}
