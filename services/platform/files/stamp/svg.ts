import { fail, ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'

const farthest = 4 * 1024 * 1024

/** The end of a declaration that may hold an internal subset: `<!DOCTYPE svg [ … ]>`. */
function endOfDoctype(text: string, start: number): number {
  const subset = text.indexOf('[', start)
  const plain = text.indexOf('>', start)
  if (subset === -1 || plain < subset) return plain
  return text.indexOf('>', text.indexOf(']', subset))
}

/** Where the root element's start tag ends, and its name; past declarations, comments and instructions. */
function findRoot(text: string): { end: number; name: string } {
  for (let at = text.indexOf('<'); at !== -1;) {
    const past = (mark: string) => {
      const found = text.indexOf(mark, at)
      if (found === -1) throw new Unreadable('cut short')
      return text.indexOf('<', found + mark.length)
    }
    if (text.startsWith('<?', at)) at = past('?>')
    else if (text.startsWith('<!--', at)) at = past('-->')
    else if (text.startsWith('<!', at)) at = text.indexOf('<', endOfDoctype(text, at))
    else {
      // Attribute values may hold `>`: skip them whole.
      const tag = /^<((?:[\w.-]+:)?svg)(?:\s(?:[^"'>]|"[^"]*"|'[^']*')*)?>/.exec(text.slice(at))
      if (!tag || tag[0].endsWith('/>')) throw new Unreadable('no SVG root')
      return { end: at + tag[0].length, name: tag[1] as string }
    }
  }
  throw new Unreadable('no root')
}

/** SVG: a metadata element with the packet, first in the root. Only UTF-8: other encodings would need a rewrite of all. */
export const stampSvg: Stamper = async (source, { xmp: packet }) => {
  const window = new Window(source)
  const start = await window.bytes(0, Math.min(source.size, farthest))
  if (start[0] === 0xfe || start[0] === 0xff || start[1] === 0) return fail('foreign-encoding')
  // Latin-1 keeps one character a byte, so that positions in the text are positions in the file.
  const text = start.toString('latin1')
  const encoding = /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1]
  if (encoding && !/^(utf-?8|us-ascii)$/i.test(encoding)) return fail('foreign-encoding')

  const root = findRoot(text)
  const element = root.name.replace(/svg$/, 'metadata')
  const inserted = Buffer.concat([Buffer.from(`<${element}>`), withoutWrapper(packet), Buffer.from(`</${element}>`)])
  const kept = start.subarray(0, root.end)
  const { to, cutTail, tail } = withoutOldPacket(source.size, start, text)
  if (to < root.end) throw new Unreadable('packet before the root')
  return ok({ head: Buffer.concat([kept, inserted]), cutHead: kept, from: root.end, to, tail, cutTail })
}

/** The packet's instructions mark a packet in foreign bytes; inside XML the element alone is enough. */
const withoutWrapper = (packet: Buffer): Buffer =>
  Buffer.from(
    packet
      .toString('utf8')
      .replace(/<\?xpacket[^?]*\?>/g, '')
      .trim(),
  )

/** A drawing that fits into the window loses its older packet; what follows it is rewritten. */
function withoutOldPacket(size: number, start: Buffer, text: string): { to: number; tail: Buffer; cutTail: Buffer } {
  const older = /<x:xmpmeta[\s>][\s\S]*?<\/x:xmpmeta>/g
  const first = start.length === size ? text.search(older) : -1
  if (first === -1) return { to: size, tail: Buffer.alloc(0), cutTail: Buffer.alloc(0) }
  return { to: first, tail: Buffer.from(text.slice(first).replace(older, ''), 'latin1'), cutTail: start.subarray(first) }
}
