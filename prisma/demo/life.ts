import { Readable } from 'node:stream'
import { setLegalHold } from '#services/assets/legal-holds.ts'
import { deleteAsset, embargoAsset, holdAsset, scheduleAsset } from '#services/assets/life.ts'
import { editAsset } from '#services/assets/metadata.ts'
import { editAssetInput } from '#services/assets/schema.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays, dayOf } from '#services/kernel/period.ts'
import { writePolicy } from '#services/retention/policies.ts'
import { policyInput } from '#services/retention/schema.ts'
import { approveReview, submitAsset } from '#services/review/reviews.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import { withoutLimits } from './library.ts'
import { sure, type Story } from './story.ts'

interface Sheet {
  title: string
  altText: string
  drawing: string
}

/** What was drawn for the lantern parade: each as far along its life as its name says. */
const sheets: Record<'planned' | 'sealed' | 'held' | 'binned' | 'ready', Sheet> = {
  planned: { title: 'Lantern parade, programme', altText: 'Rows of round lanterns, brighter to the right', drawing: Array.from({ length: 24 }, (_, n) => `<circle cx="${110 + (n % 6) * 196}" cy="${130 + Math.floor(n / 6) * 210}" r="${40 + (n % 6) * 7}" fill="#f2c14e" opacity="${0.3 + (n % 6) * 0.13}"/>`).join('') },
  sealed: { title: 'Lantern parade, this year’s route', altText: 'A winding gold line between dark hills', drawing: '<path d="M0 820 C300 820 220 480 520 520 S760 130 1200 90" fill="none" stroke="#f2c14e" stroke-width="54" stroke-linecap="round"/><path d="M0 420 Q280 160 560 330 T1200 260 V0 H0z" fill="#3c2f4d"/>' },
  held: { title: 'Lantern parade, last year’s poster', altText: 'A tall gate of stripes', drawing: Array.from({ length: 9 }, (_, n) => `<rect x="${60 + n * 125}" y="${n === 4 ? 60 : 180 + Math.abs(n - 4) * 70}" width="70" height="900" fill="${n % 2 ? '#c4523a' : '#e9c9b6'}"/>`).join('') },
  binned: { title: 'Lantern parade, a discarded draft', altText: 'One large triangle', drawing: '<path d="M600 110 L1120 800 H80z" fill="#2a566d"/><path d="M600 330 L860 690 H340z" fill="#f2eadc"/>' },
  ready: { title: 'Lantern parade, invitation', altText: 'A quarter of a lantern in the lower corner', drawing: '<circle cx="1200" cy="900" r="640" fill="#7f927a"/><circle cx="1200" cy="900" r="420" fill="#dfa24f"/><circle cx="1200" cy="900" r="200" fill="#f2eadc"/><rect x="90" y="110" width="430" height="34" fill="#f2eadc"/><rect x="90" y="180" width="300" height="34" fill="#f2eadc"/>' },
}
const drawn = ({ drawing }: Sheet): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="#1d2330"/>${drawing}</svg>`)

/** Five sheets for a parade: one is planned, one sealed until the route is announced, one held and kept for a legal matter, one in the bin, one ready; and a rule that waits to be put to work. */
export async function planTheParade(story: Story, { librarian, reviewer, rightsManager }: Record<'librarian' | 'reviewer' | 'rightsManager', Person>): Promise<void> {
  const lena = story.as(librarian)
  const ids = new Map<string, string>()
  for (const [name, sheet] of Object.entries(sheets)) {
    const { assetId } = sure(await receiveUpload(lena, { fileName: `parade-${name}.svg`, source: Readable.from([drawn(sheet)]) }), `upload ${sheet.title}`)
    const fields = { title: sheet.title, altText: sheet.altText, description: 'Drawn for the lantern parade.', keywords: 'parade, lanterns', creator: 'Northlight Studio', creditLine: 'Northlight Studio', kind: 'ILLUSTRATION', audience: 'PORTAL', showsPeople: 'no', showsProperty: 'no', priceFactor: 100 }
    sure(await editAsset(lena, editAssetInput.parse({ assetId, ...fields })), `describe ${sheet.title}`)
    sure(await addAcquisition(story.as(rightsManager), { assetId, contract: 'Own work', licensor: 'Northlight GmbH', terms: withoutLimits, subLicensable: true }), `record the rights of ${sheet.title}`)
    ids.set(name, assetId)
  }
  await story.calm()
  for (const [name, assetId] of ids) {
    if (name === 'binned') continue
    const { reviewId } = sure(await submitAsset(lena, { assetId, note: '' }), `submit ${name}`)
    sure(await approveReview(story.as(reviewer), { reviewId, reason: '' }), `approve ${name}`)
  }
  const id = (name: keyof typeof sheets) => ids.get(name) ?? ''
  const today = dayOf(lena.clock.now(), 'Europe/Berlin')
  sure(await scheduleAsset(lena, { assetId: id('planned'), publishOn: `${addDays(today, 9)}T09:00`, unpublishOn: `${addDays(today, 40)}T18:00` }), 'plan the programme')
  sure(await embargoAsset(lena, { assetId: id('sealed'), endsOn: `${addDays(today, 16)}T11:00`, becomes: 'PUBLISHED', people: [], reason: 'The city announces the route itself.' }), 'seal the route')
  sure(await holdAsset(lena, { assetId: id('held'), reason: 'The sponsor’s name on it is last year’s. Maren asks whether we may still show it.', ownerId: rightsManager.userId }), 'hold the poster')
  sure(await setLegalHold(story.as(rightsManager), { assetId: id('held'), matter: 'Sparkasse ./. Northlight', reason: 'The sponsor’s lawyers ask what was printed.', stopsDelivery: false }), 'keep the poster for the lawyers')
  sure(await deleteAsset(lena, { assetId: id('binned'), reason: 'The committee chose another.' }), 'bin the draft')
  const rule = { name: 'Withdrawn work that nobody licenses', states: ['WITHDRAWN', 'EXPIRED'], since: 'last-licence-ended', waitDays: 90, action: 'ARCHIVE', reason: 'Ninety days after its last licence ended' }
  sure(await writePolicy(lena, policyInput.parse(rule)), 'write a policy')
}
