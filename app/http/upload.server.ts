import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { Context } from '#services/platform/context.ts'
import { receiveForBrief } from '#services/briefs/uploads.ts'
import { briefClosed, refusalOf, type UploadAnswer } from '#app/components/assets/upload-words.ts'
import { takeFormFiles } from './form-files.server.ts'

interface More {
  assetId?: string | undefined
  briefId?: string | undefined
  evenIfDuplicate?: boolean
}

async function receive(
  ctx: Context,
  fileName: string,
  source: Readable,
  more: More & { declaredSize?: number | undefined; signal?: AbortSignal },
): Promise<UploadAnswer> {
  const outcome = await receiveForBrief(ctx, { fileName, source, ...more })
  if (outcome.ok) return { ok: true, ...outcome.value }
  return outcome.error === 'brief-closed' ? briefClosed : refusalOf(outcome.error, outcome.detail)
}

/** A request whose body is one file's bytes, as they come: nothing is held back in memory. */
export function receiveBody(ctx: Context, request: Request, fileName: string, more: More): Promise<UploadAnswer> {
  const length = request.headers.get('content-length')
  const declaredSize = length && /^\d{1,15}$/.test(length) ? Number(length) : undefined
  const source = request.body ? Readable.fromWeb(request.body as WebStream<Uint8Array>) : Readable.from([])
  return receive(ctx, fileName, source, { ...more, declaredSize, signal: request.signal })
}

/** A form's files: the way in without JavaScript. */
export async function receiveForm(ctx: Context, request: Request, more: More): Promise<{ fileName: string; answer: UploadAnswer }[]> {
  const files = await takeFormFiles(request, ({ fileName, source, signal }) => receive(ctx, fileName, source, { ...more, signal }))
  return files.map(({ fileName, made }) => ({ fileName, answer: made }))
}
