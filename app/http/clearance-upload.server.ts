import { unstable_parseMultipartFormData as readParts } from '@remix-run/node'
import { Readable } from 'node:stream'
import { receiveList } from '#services/clearance/lists.ts'
import type { ReceiveListError } from '#services/clearance/errors.ts'
import { listLimits } from '#services/clearance/rules/columns.ts'
import { Refusal } from '#services/kernel/errors.ts'
import { fail, type Result } from '#services/kernel/result.ts'
import type { Context } from '#services/platform/context.ts'

type Received = Result<{ clearanceId: string }, ReceiveListError | 'no-file'>

/** Ends the reading of a form whose file was refused: the rest of it is not worth the wait. */
class Refused extends Error {}
/** What a form adds to its file: names of fields, boundaries. */
const wrapping = 20_000

/** The list of a form, as it streams in; refused as soon as it is too long, or before where it says so. */
export async function receiveListForm(ctx: Context, request: Request): Promise<Received> {
  if (Number(request.headers.get('content-length') ?? 0) > listLimits.bytes + wrapping)
    return fail('too-large', { limit: listLimits.bytes })
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data'))
    throw new Refusal('malformed', 'the body is no form with a file')
  let fault: unknown
  let outcome: Received = fail('no-file')
  let holderOrgId: string | null = null
  try {
    await readParts(request, async (part) => {
      if (part.name === 'for' && !part.filename) holderOrgId = (await textOf(part.data, 100)) || null
      else if (part.name === 'list' && part.filename && outcome.ok === false && outcome.error === 'no-file') {
        const bytes = part.data[Symbol.asyncIterator]()
        outcome = await receiveList(ctx, { fileName: part.filename, source: streamOf(bytes), signal: request.signal, holderOrgId }).catch(
          (error: unknown) => {
            fault = error
            throw error
          },
        )
        if (!outcome.ok) throw new Refused()
        while (!(await bytes.next()).done);
      } else for await (const _chunk of part.data);
      return undefined
    })
  } catch (error) {
    if (error instanceof Refused) return outcome
    // What our own disk does wrong is not the sender's form.
    if (fault !== undefined) throw fault
    if (request.signal.aborted) throw error
    throw new Refusal('malformed', 'the body is no form')
  }
  return outcome
}

async function textOf(chunks: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  let text = ''
  for await (const chunk of chunks) if (text.length <= most) text += Buffer.from(chunk).toString('utf8')
  return text.slice(0, most)
}

/** A stream over an iterator that stays open when the stream is destroyed. */
function streamOf(bytes: AsyncIterator<Uint8Array>): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let step = await bytes.next(); !step.done; step = await bytes.next()) yield step.value
  }
  return Readable.from(chunks(), { objectMode: false })
}
