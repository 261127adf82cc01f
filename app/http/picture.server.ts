import { unstable_parseMultipartFormData as readParts } from '@remix-run/node'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { printFile } from '#services/assets/prints.ts'
import { headSize, secondNature, sniff, tailSize } from '#services/assets/rules/file-types.ts'
import type { Ctx } from '#services/platform/context.ts'
import type { Print } from '#services/platform/media/media.ts'
import { inScratch } from '#services/platform/scratch.ts'
import { Refusal } from '#services/kernel/errors.ts'

/** A screenshot or a photograph off a page: nobody asks with a print file. */
export const pictureLimit = 12 * 1024 * 1024
/** Each is a process that may hold a gigabyte: more at once, from however many networks, would take the house's pages with them. */
const mostAtOnce = 3
let underWay = 0
export type ShownError = 'busy' | 'none' | 'too-large' | 'not-a-picture' | 'unreadable'

/** The print of a picture that is only shown to us: decoded in the child as everything is, and gone before the answer leaves. */
export async function printShown(ctx: Ctx<'media'>, request: Request): Promise<{ print: Print } | { error: ShownError }> {
  if (Number(request.headers.get('content-length') ?? 0) > pictureLimit + 100_000) return { error: 'too-large' }
  const bytes = await pictureIn(request)
  if (typeof bytes === 'string') return { error: bytes }
  const kind = sniff(bytes.subarray(0, headSize))
  // Drawings and documents are not what is looked for, and the dearest to read.
  const readable = kind.accepted && ['image/jpeg', 'image/png', 'image/webp', 'image/tiff'].includes(kind.mediaType)
  if (!readable || secondNature(kind.mediaType, bytes.subarray(0, headSize), bytes.subarray(-tailSize))) return { error: 'not-a-picture' }
  if (underWay >= mostAtOnce) return { error: 'busy' }
  underWay++
  try {
    const print = await inScratch(async (folder) => {
      const file = path.join(folder, 'shown')
      await writeFile(file, bytes, { mode: 0o600 })
      return printFile(ctx, file, kind.mediaType)
    })
    return print ? { print } : { error: 'unreadable' }
  } finally {
    underWay--
  }
}

/** The first file of the form, as far as the limit goes. */
async function pictureIn(request: Request): Promise<Buffer | ShownError> {
  const chunks: Uint8Array[] = []
  let size = 0
  await readParts(request, async (part) => {
    const wanted = part.name === 'picture' && part.filename !== undefined && size === 0
    for await (const chunk of part.data) {
      if (!wanted) continue
      size += chunk.length
      // What is over the limit is read to its end and thrown away: the form must be whole to be answered.
      if (size <= pictureLimit) chunks.push(chunk)
    }
    return undefined
  }).catch(() => {
    throw new Refusal('malformed', 'the body is no form with a file')
  })
  if (size === 0) return 'none'
  return size > pictureLimit ? 'too-large' : Buffer.concat(chunks)
}
