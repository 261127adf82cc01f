import { unstable_parseMultipartFormData as readParts } from '@remix-run/node'
import { Readable } from 'node:stream'

/** A form's files, one after another as they stream in: the way in without JavaScript. Hands back what `take` made of each. */
export async function takeFormFiles<T>(
  request: Request,
  take: (file: { fileName: string; source: Readable; signal: AbortSignal }) => Promise<T>,
): Promise<{ fileName: string; made: T }[]> {
  const taken: { fileName: string; made: T }[] = []
  await readParts(request, async (part) => {
    const bytes = part.data[Symbol.asyncIterator]()
    if (part.filename)
      taken.push({
        fileName: part.filename,
        made: await take({ fileName: part.filename, source: streamOf(bytes), signal: request.signal }),
      })
    // What a refusal left unread must pass before the next part begins.
    while (!(await bytes.next()).done);
    return undefined
  })
  return taken
}

/** A stream over an iterator that stays open when the stream is destroyed. */
function streamOf(bytes: AsyncIterator<Uint8Array>): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let step = await bytes.next(); !step.done; step = await bytes.next()) yield step.value
  }
  return Readable.from(chunks(), { objectMode: false })
}
