import { unstable_parseMultipartFormData as readParts } from '@remix-run/node'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { Context } from '#services/platform/context.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import { refusalOf, type UploadAnswer } from '#app/components/assets/upload-words.ts'

interface More {
  assetId?: string | undefined
  evenIfDuplicate?: boolean
}

async function receive(
  ctx: Context,
  fileName: string,
  source: Readable,
  more: More & { declaredSize?: number | undefined; signal?: AbortSignal },
): Promise<UploadAnswer> {
  const outcome = await receiveUpload(ctx, { fileName, source, ...more })
  return outcome.ok ? { ok: true, ...outcome.value } : refusalOf(outcome.error, outcome.detail)
}

/** A request whose body is one file's bytes, as they come: nothing is held back in memory. */
export function receiveBody(ctx: Context, request: Request, fileName: string, more: More): Promise<UploadAnswer> {
  const length = request.headers.get('content-length')
  const declaredSize = length && /^\d{1,15}$/.test(length) ? Number(length) : undefined
  const source = request.body ? Readable.fromWeb(request.body as WebStream<Uint8Array>) : Readable.from([])
  return receive(ctx, fileName, source, { ...more, declaredSize, signal: request.signal })
}

/** A form's files, one after another as they stream in: the way in without JavaScript. */
export async function receiveForm(ctx: Context, request: Request, more: More): Promise<{ fileName: string; answer: UploadAnswer }[]> {
  const answers: { fileName: string; answer: UploadAnswer }[] = []
  await readParts(request, async (part) => {
    const bytes = part.data[Symbol.asyncIterator]()
    if (part.filename)
      answers.push({
        fileName: part.filename,
        answer: await receive(ctx, part.filename, streamOf(bytes), { ...more, signal: request.signal }),
      })
    // What a refusal left unread must pass before the next part begins.
    while (!(await bytes.next()).done);
    return undefined
  })
  return answers
}

/** A stream over an iterator that stays open when the stream is destroyed. */
function streamOf(bytes: AsyncIterator<Uint8Array>): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let step = await bytes.next(); !step.done; step = await bytes.next()) yield step.value
  }
  return Readable.from(chunks(), { objectMode: false })
}
