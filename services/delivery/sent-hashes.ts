import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Ctx } from '../platform/context.ts'
import { open, type Splice } from '../platform/files/splice.ts'

/**
 * Hashes of files as they leave, by their strong tag. A manifest names them before the first byte is sent, so a file is read
 * once for its hash (about 0.8 s a gigabyte) the first time that it leaves in an archive; the last few thousand are kept.
 */
const known = new Map<string, string>()
const most = 5_000

export async function sentHash(ctx: Ctx<'storage'>, file: Splice, etag: string, signal?: AbortSignal): Promise<string> {
  const found = known.get(etag)
  if (found) return found
  const hash = createHash('sha256')
  await pipeline(open(file, ctx.storage, signal), hash)
  const sha256 = hash.digest('hex')
  if (known.size >= most) known.delete(known.keys().next().value as string)
  known.set(etag, sha256)
  return sha256
}
