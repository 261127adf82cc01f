import { unstable_parseMultipartFormData as readParts } from '@remix-run/node'
import { Readable } from 'node:stream'
import { Refusal } from '#services/kernel/errors.ts'

export interface ArrivingFile {
  fileName: string
  source: Readable
  signal: AbortSignal
}

const longestField = 2_000

/**
 * A form with one file, read as it streams: the fields that stand before the file are there when it is taken. Hands back
 * what `take` made of it; null where no file was chosen.
 */
export async function receiveFile<T>(
  request: Request,
  take: (file: ArrivingFile, fields: ReadonlyMap<string, string>) => Promise<T>,
): Promise<T | null> {
  const fields = new Map<string, string>()
  let taken: { made: T } | null = null
  let fault: unknown
  const type = request.headers.get('Content-Type') ?? ''
  if (!type.startsWith('multipart/form-data')) throw new Refusal('malformed', 'the body is no form with a file')
  await readParts(request, async (part) => {
    const bytes = part.data[Symbol.asyncIterator]()
    if (part.filename && !taken) {
      const made = await take({ fileName: part.filename, source: streamOf(bytes), signal: request.signal }, fields).catch(
        (error: unknown) => {
          fault = error
          throw error
        },
      )
      taken = { made }
    } else if (part.filename === undefined) fields.set(part.name, await fieldOf(bytes))
    // What a refusal left unread must pass before the next part begins.
    while (!(await bytes.next()).done);
    return undefined
  }).catch((error: unknown) => {
    // What our own disk does wrong is not the sender's form.
    if (fault !== undefined) throw fault
    if (request.signal.aborted || error instanceof Refusal) throw error
    throw new Refusal('malformed', 'the body is no form')
  })
  return (taken as { made: T } | null)?.made ?? null
}

async function fieldOf(bytes: AsyncIterator<Uint8Array>): Promise<string> {
  let text = ''
  for (let step = await bytes.next(); !step.done; step = await bytes.next()) {
    text += Buffer.from(step.value).toString('utf8')
    if (text.length > longestField || text.includes('\0')) throw new Refusal('malformed', 'a field is too long')
  }
  return text
}

/** A stream over an iterator that stays open when the stream is destroyed. */
function streamOf(bytes: AsyncIterator<Uint8Array>): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let step = await bytes.next(); !step.done; step = await bytes.next()) yield step.value
  }
  return Readable.from(chunks(), { objectMode: false })
}
