import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { markLines } from '#services/desk/marks.ts'
import { saveView } from '#services/desk/saved-views.ts'
import { settleAll } from '#services/desk/settling.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import { recordImportedSales } from '#services/rights/imported-sales.ts'
import { addRelease } from '#services/rights/releases.ts'
import { imposeRestriction } from '#services/rights/restrictions.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** The pictures that came by one agency, whose contract was not renewed yet. */
const byHalden = ['march-pastoral', 'black-canyon', 'acanthus-mollis']

/** A fortnight of the rights desk: a contract that runs out, an embargo, a holdback that was signed too late, a sale of another shop. */
export async function fillDesk(story: Story, maren: Person, library: Library): Promise<void> {
  const ctx = story.as(maren)
  const today = story.today.toISOString().slice(0, 10)
  const from = (first: number, last: number | null, fields: Partial<ScopeTerms> = {}): ScopeTerms => ({
    media: ['ALL'], territory: { include: ['WORLD'] }, industry: 'ALL', from: addDays(today, first), until: last === null ? null : addDays(today, last), zone: 'Europe/Berlin', exclusive: false, ...fields,
  })
  const idOf = (slug: string): string => library.get(slug) ?? ''

  for (const slug of byHalden) {
    const before = await ctx.db.acquisition.findFirstOrThrow({ where: { assetId: idOf(slug), supersededAt: null }, select: { id: true } })
    const contract = { assetId: idOf(slug), contract: 'HALDEN-2024-17', licensor: 'Agentur Halden', subLicensable: true, terms: from(-420, 24), replaces: before.id }
    sure(await addAcquisition(ctx, contract), `record the contract of ${slug}`)
  }
  sure(await addRelease(ctx, { assetId: idOf('terrazzo-floor'), kind: 'PROPERTY', status: 'LIMITED', reference: 'PR-2025-8', terms: from(-300, 19) }), 'record a release that ends')
  const america = { territory: { include: ['US', 'CA'] } }
  sure(await imposeRestriction(ctx, { assetId: idOf('airplane-from-above'), kind: 'EMBARGO', reason: 'Centenary exhibition in Chicago', terms: from(-60, 6, america) }), 'lay an embargo')
  const japan = from(0, 40, { media: ['editorial'], territory: { include: ['JP'] } })
  sure(await imposeRestriction(ctx, { assetId: idOf('nagasaki-boats'), kind: 'HOLDBACK', reason: 'Held back for the city museum', reference: 'NCM-12', terms: japan }), 'hold a picture back')
  await recordImportedSales(ctx, [
    { assetId: idOf('nagasaki-boats'), shop: 'Pictura', reference: 'PX-88412', holder: 'Meridian Verlag', soldAt: story.today, terms: from(0, 365, { media: ['editorial'], territory: { include: ['GB', 'IE'] }, exclusive: true }) },
  ])

  await settleAll(ctx)
  const [line] = await ctx.db.worklistLine.findMany({ where: { houseId: maren.houseId, kind: 'contract-ends', reference: 'HALDEN-2024-17' }, select: { item: true } })
  if (line) sure(await markLines(ctx, { items: [line.item] }, { verb: 'assign', assigneeId: maren.userId }), 'take a line')
  sure(await saveView(ctx, { name: 'Next quarter', query: 'within=90&sort=day', shared: true }), 'save a view')
}
