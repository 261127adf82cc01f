import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { editAsset } from '#services/assets/metadata.ts'
import { publishAsset } from '#services/assets/publishing.ts'
import { editAssetInput } from '#services/assets/schema.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import type { Person, Role } from '#services/kernel/actor.ts'
import type { Result } from '#services/kernel/result.ts'
import type { Context } from '#services/platform/context.ts'
import { readEnv } from '#services/platform/env.ts'
import { buildHouse } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { approveReview, submitAsset } from '#services/review/reviews.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { expect } from './fixtures.ts'

export const librarian = 'lena@northlight.example'
export const reviewer = 'jonas@northlight.example'
export const rightsManager = 'maren@northlight.example'

/** The value of an outcome that a journey's beginning relies on. */
export function sure<T, E extends string>(outcome: Result<T, E>, what: string): T {
  if (!outcome.ok) throw new Error(`${what}: ${outcome.error} ${JSON.stringify(outcome.detail ?? null)}`)
  return outcome.value
}

/**
 * Our own operations, done by the house's people. A journey that uses up what it works on makes it with these, instead of
 * taking it from the demo company, which has it once: so it can be told again on the same product.
 */
export interface Hands {
  as(email: string): Promise<Context>
  /** A sheet of one colour, which looks like nothing that is asked about, described, held without limits, its previews made: a draft that lacks nothing. */
  aSheet(fields: { title: string; kind?: 'ILLUSTRATION' | 'LOGO'; contract?: string }): Promise<string>
  /** Another version of it, its previews made. */
  aVersion(assetId: string, fileName: string): Promise<string>
  approved(assetId: string): Promise<void>
  published(assetId: string): Promise<void>
}

const everything: ScopeTerms = {
  media: ['ALL'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2000-01-01',
  until: null,
  zone: 'Europe/Berlin',
  exclusive: false,
}
const described = {
  description: 'Made for a journey.',
  altText: 'A sheet of one colour',
  keywords: 'journey',
  creator: 'Northlight Studio',
  creditLine: 'Northlight Studio',
  copyrightNotice: '© Northlight GmbH',
  source: 'Northlight Studio',
  dateCreated: '2026',
  audience: 'PORTAL',
  showsPeople: 'no',
  showsProperty: 'no',
  editorialOnly: false,
  sellsRoyaltyFree: false,
  sellsRightsManaged: false,
  priceFactor: 100,
}

export async function withHands<T>(work: (hands: Hands) => Promise<T>): Promise<T> {
  const read = readEnv(JSON.parse(process.env.JOURNEY_SETTINGS ?? '{}') as Record<string, string>)
  if (!read.ok) throw new Error(`the product's settings are not known: ${read.problems.join(' ')}`)
  const house = buildHouse(read.env, silentLog)
  const { db } = house.context
  const as = async (email: string): Promise<Context> => {
    const { id, houseId, roles, user, org } = await db.member.findFirstOrThrow({
      where: { endedAt: null, user: { email } },
      select: {
        id: true,
        houseId: true,
        roles: true,
        user: { select: { id: true, name: true, email: true } },
        org: { select: { id: true, name: true, kind: true } },
      },
    })
    const seat = {
      memberId: id,
      houseId,
      roles: roles as Role[],
      sessionId: 'journey',
      orgId: org.id,
      orgKind: org.kind,
      orgName: org.name,
    }
    const actor: Person = { kind: 'person', userId: user.id, name: user.name, email: user.email, ...seat }
    return { ...house.context, actor, requestId: 'req_journey' }
  }
  const bytes = async () => {
    const [r = 0, g = 0, b = 0] = randomBytes(3)
    const sheet = sharp({ create: { width: 900, height: 1200, channels: 3, background: { r, g, b } } })
    return Buffer.concat([await sheet.jpeg().toBuffer(), randomBytes(64)])
  }
  const receive = async (fileName: string, assetId?: string) => {
    const upload = { fileName, source: Readable.from([await bytes()]), ...(assetId && { assetId }) }
    const received = sure(await receiveUpload(await as(librarian), upload), `upload ${fileName}`)
    await expect
      .poll(
        async () => (await db.assetVersion.findUnique({ where: { id: received.versionId }, select: { processing: true } }))?.processing,
        {
          timeout: 60_000,
          message: `previews of ${fileName}`,
        },
      )
      .toBe('READY')
    return received
  }
  const approved = async (assetId: string): Promise<void> => {
    const { reviewId } = sure(await submitAsset(await as(librarian), { assetId, note: '' }), 'send for review')
    sure(await approveReview(await as(reviewer), { reviewId, reason: '' }), 'approve')
  }
  try {
    return await work({
      as,
      async aSheet({ title, kind = 'ILLUSTRATION', contract = 'Own work' }) {
        const { assetId } = await receive(`${title.toLowerCase().replace(/\W+/g, '-')}.jpg`)
        sure(await editAsset(await as(librarian), editAssetInput.parse({ assetId, title, kind, ...described })), `describe ${title}`)
        const rights = { assetId, contract, licensor: 'Northlight GmbH', terms: everything, subLicensable: true }
        sure(await addAcquisition(await as(rightsManager), rights), `record the rights of ${title}`)
        return assetId
      },
      aVersion: async (assetId, fileName) => (await receive(fileName, assetId)).versionId,
      approved,
      async published(assetId) {
        await approved(assetId)
        sure(await publishAsset(await as(librarian), { assetId }), 'publish')
      },
    })
  } finally {
    await house.close()
  }
}
