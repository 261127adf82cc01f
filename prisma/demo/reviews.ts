import { Readable } from 'node:stream'
import sharp from 'sharp'
import { editAsset } from '#services/assets/metadata.ts'
import { editAssetInput } from '#services/assets/schema.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import { setAway } from '#services/review/absences.ts'
import { consult } from '#services/review/handing.ts'
import { approveReview, askForChanges, submitAsset } from '#services/review/reviews.ts'
import { saveRoute } from '#services/review/routes.ts'
import type { Plan, PlannedStep } from '#services/review/rules/plan.ts'
import { routeInput } from '#services/review/schema.ts'
import { withoutLimits } from './library.ts'
import { sure, type Story } from './story.ts'

/** Signs for the winter fair: drawn by rule, and each as far along its route as its place in the list says. */
const signs = [
  { title: 'Winter fair, sign A', bars: 3, hue: '#7a2e1f' },
  { title: 'Winter fair, sign B', bars: 5, hue: '#1f4d7a' },
  { title: 'Winter fair, sign C', bars: 7, hue: '#2e6b3f' },
  { title: 'Winter fair, wayfinder', bars: 9, hue: '#5b3f7a' },
] as const

const drawn = ({ bars, hue }: (typeof signs)[number]): Buffer => {
  const strips = Array.from({ length: bars }, (_, n) => `<rect x="${120 + n * 90}" y="${620 - ((n * 7) % bars) * 60}" width="54" height="${160 + ((n * 5) % bars) * 70}" fill="${n % 2 ? hue : '#e8c07a'}"/>`)
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="#f4efe6"/><circle cx="${300 + bars * 70}" cy="240" r="${60 + bars * 12}" fill="${hue}"/>${strips.join('')}</svg>`)
}

/** Brand first, then Legal and Compliance side by side; what people and models are in has a shorter way of its own. */
export async function routeReviews(story: Story, { lena, jonas, maren, ida, astrid }: Record<'lena' | 'jonas' | 'maren' | 'ida' | 'astrid', Person>): Promise<void> {
  const ctx = story.as(lena)
  const step = (name: string, fields: Partial<Omit<PlannedStep, 'name'>>): Record<string, unknown> => ({ name, ...fields })
  const plan = (fields: Record<string, unknown>): Plan => routeInput.parse({ name: 'x', ...fields }).plan
  const brand = { kind: 'BRAND' as const, roles: ['REVIEWER'] as const, dueDays: 2, remindDays: 1, escalateDays: 1, escalateTo: [astrid.userId] }
  const marks = plan({
    kinds: ['LOGO'],
    onChanges: 'WAIT',
    steps: [
      step('Brand', brand),
      step('Legal', { kind: 'LEGAL', roles: ['RIGHTS_MANAGER'], dueDays: 3, remindDays: 1, escalateDays: 1, escalateTo: [astrid.userId] }),
      step('Compliance', { kind: 'COMPLIANCE', together: true, roles: ['AUDITOR'], dueDays: 3, remindDays: 1 }),
    ],
  })
  sure(await saveRoute(ctx, { routeId: null, seen: 0, name: 'Brand, then legal and compliance together', plan: marks }), 'make a route')
  const quick = plan({ applies: 'chosen', steps: [step('Legal', { kind: 'LEGAL', people: [maren.userId], ownerId: maren.userId, dueDays: 1 })] })
  sure(await saveRoute(ctx, { routeId: null, seen: 0, name: 'Legal only', plan: quick }), 'make another route')

  const sent: string[] = []
  for (const sign of signs) {
    const bytes = await sharp(drawn(sign)).png().toBuffer()
    const { assetId } = sure(await receiveUpload(ctx, { fileName: `${sign.title.toLowerCase().replace(/\W+/g, '-')}.png`, source: Readable.from([bytes]) }), `upload ${sign.title}`)
    const fields = {
      title: sign.title, description: 'A sign for the winter fair.', altText: `${sign.bars} bars below a disc`, keywords: 'winter fair, sign', creator: 'Northlight Studio', creditLine: '', copyrightNotice: '© Northlight GmbH',
      source: 'Northlight Studio', dateCreated: '2026', kind: 'LOGO', audience: 'PORTAL', showsPeople: 'no', showsProperty: 'no', editorialOnly: false, sellsRoyaltyFree: false, sellsRightsManaged: false, priceFactor: 100,
    }
    sure(await editAsset(ctx, editAssetInput.parse({ assetId, ...fields })), `describe ${sign.title}`)
    sure(await addAcquisition(story.as(maren), { assetId, contract: 'Own work', licensor: 'Northlight GmbH', terms: withoutLimits, subLicensable: true }), `record the rights of ${sign.title}`)
    sent.push(assetId)
  }
  await story.calm()
  const reviews: string[] = []
  for (const assetId of sent) reviews.push(sure(await submitAsset(ctx, { assetId, note: 'For the winter fair.' }), 'send a sign').reviewId)
  const [atBrand, atLegal, halfway, withWish] = reviews as [string, string, string, string]
  for (const reviewId of [atLegal, halfway, withWish]) sure(await approveReview(story.as(jonas), { reviewId, reason: 'Colours and distances are ours.' }), 'approve for the brand')
  sure(await approveReview(story.as(ida), { reviewId: halfway, reason: '' }), 'approve for compliance')
  sure(await askForChanges(story.as(ida), { reviewId: withWish, reason: 'The arrow must be legible from ten metres.' }), 'ask for changes')
  const legal = await ctx.db.reviewStep.findFirstOrThrow({ where: { reviewId: atLegal, name: 'Legal' }, select: { id: true } })
  sure(await consult(story.as(maren), { stepId: legal.id, askedId: lena.userId, question: 'Is the typeface licensed for signs?' }), 'ask a colleague')
  const first = await ctx.db.reviewStep.count({ where: { reviewId: atBrand, state: 'OPEN' } })
  if (first !== 1) throw new Error('the first sign does not wait for the brand')
  const today = story.today.toISOString().slice(0, 10)
  sure(await setAway(story.as(ida), { delegateId: maren.userId, from: addDays(today, 12), until: addDays(today, 26), note: 'Winter leave' }), 'go on leave')
}
