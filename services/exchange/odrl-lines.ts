import jsonld from 'jsonld'
import type { Readable } from 'node:stream'
import type { Complaint } from './rules/cells.ts'
import { limits } from './rules/kinds.ts'
import { readLine, type Around, type RightsLine } from './rules/lines.ts'
import { isPolicy, readPolicy, type LdNode } from './rules/odrl-read.ts'
import { odrlContextUrl, pinnedContext } from './rules/odrl-terms.ts'

type Parsed = { no: number; line: RightsLine | null; complaints: Complaint[] }

const deepest = 24
const complaint = (message: string, value = ''): Parsed => ({ no: 1, line: null, complaints: [{ column: 'document', value, message }] })

/** The policies of a JSON-LD document as lines; the row is the policy's place among them. */
export async function* odrlLines(source: Readable, around: Around): AsyncGenerator<Parsed> {
  const document = await jsonOf(source)
  if ('complaint' in document) {
    yield complaint(document.complaint)
    return
  }
  const flat = await flattened(document.json)
  if ('complaint' in flat) {
    yield complaint(flat.complaint, flat.value)
    return
  }
  const policies = flat.nodes.filter(isPolicy)
  if (policies.length === 0) yield complaint('There is no policy in this document. Policies have the type Agreement or Set.')
  const nodes = new Map(flat.nodes.map((node) => [node['@id'], node]))
  let no = 0
  for (const policy of policies) {
    no++
    const read = readPolicy(policy, nodes, around.zone)
    if (!read.ok) yield { no, line: null, complaints: read.complaints }
    else
      for (const { kind, cells } of read.rows) {
        const outcome = readLine(kind, cells, around)
        yield outcome.ok ? { no, line: outcome.line, complaints: [] } : { no, line: null, complaints: outcome.complaints }
      }
    if (no >= limits.rows) return
  }
}

/** The document, which is small enough to be held: its limit is the intake's. */
async function jsonOf(source: Readable): Promise<{ json: object } | { complaint: string }> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(Buffer.from(chunk as Uint8Array))
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return { complaint: 'The file is not UTF-8. Save it as UTF-8 and upload it again.' }
  }
  // Before parsing: what is nested without end would end the process, not the file.
  if (depthOf(text) > deepest) return { complaint: `The document is nested more than ${deepest} levels deep. Policies need a handful.` }
  try {
    const json = JSON.parse(text) as unknown
    return typeof json === 'object' && json !== null ? { json } : { complaint: 'The document is no JSON object.' }
  } catch (error) {
    return { complaint: `This is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}.` }
  }
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (quoted) {
      if (letter === '\\') i++
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '{' || letter === '[') most = Math.max(most, ++depth)
    else if (letter === '}' || letter === ']') depth--
  }
  return most
}

class Elsewhere extends Error {
  constructor(readonly address: string) {
    super(`not fetched: ${address}`)
  }
}

/** Contexts are never fetched: the one of ODRL is kept here, any other is refused. */
export async function documentLoader(url: string) {
  if (url.replace(/^https:/, 'http:') !== odrlContextUrl) throw new Elsewhere(url)
  return { contextUrl: undefined, document: pinnedContext as object as Record<string, never>, documentUrl: url }
}

/**
 * A name that every object of the language has already: flattening keeps nodes by name in plain objects, and would write the
 * node `__proto__` into all objects of the process.
 */
function inheritedName(expanded: unknown): string | undefined {
  if (typeof expanded !== 'object' || expanded === null) return undefined
  for (const [key, value] of Object.entries(expanded)) {
    const found = key === '@id' && typeof value === 'string' && value in Object.prototype ? value : inheritedName(value)
    if (found !== undefined) return found
  }
  return undefined
}

async function flattened(json: object): Promise<{ nodes: LdNode[] } | { complaint: string; value?: string }> {
  try {
    const expanded = (await jsonld.expand(json as never, { documentLoader })) as unknown as { '@id'?: string }[]
    const inherited = inheritedName(expanded)
    if (inherited !== undefined)
      return { complaint: 'Nothing can have this name. Write an address, such as https://example.org/policy/1.', value: inherited }
    // Flattening sorts by name; people count in the order of their file.
    const place = new Map(expanded.map((node, i) => [node['@id'], i]))
    const nodes = (await jsonld.flatten(expanded as never, undefined, { documentLoader })) as unknown as LdNode[]
    const placeOf = (node: LdNode) => place.get(node['@id']) ?? expanded.length
    return { nodes: nodes.sort((a, b) => placeOf(a) - placeOf(b)) }
  } catch (error) {
    const address = elsewhereIn(error)
    return address
      ? {
          complaint: `The document names a context that is not kept here, and none is ever fetched. Use ${odrlContextUrl} and write other terms out.`,
          value: address.slice(0, 200),
        }
      : { complaint: 'This is no JSON-LD that can be expanded. Check its contexts and types.' }
  }
}

/** jsonld wraps what a loader throws. */
function elsewhereIn(error: unknown): string | undefined {
  for (let at: unknown = error, steps = 0; at && steps < 6; steps++) {
    if (at instanceof Elsewhere) return at.address
    const { details, cause } = at as { details?: { cause?: unknown }; cause?: unknown }
    at = details?.cause ?? cause
  }
  return undefined
}
