import { ok } from '../../../kernel/result.ts'
import { Unreadable, Window, type Stamper } from './edit.ts'

const mark = 'XMP DataXMP'
/** Falling bytes, each a block's length: whoever steps through the text as blocks falls through them to the end. */
const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, i) => 255 - i), 0])

const tableSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

async function past(window: Window, at: number): Promise<number> {
  for (;;) {
    const length = (await window.bytes(at, 1))[0] as number
    at += 1 + length
    if (length === 0) return at
  }
}

/** GIF: the packet as an application extension before the first picture; an older one goes, wherever it is. */
export const stampGif: Stamper = async (source, { xmp }) => {
  const window = new Window(source)
  const screen = Buffer.from(await window.bytes(0, 13))
  if (!/^GIF8[79]a$/.test(screen.toString('latin1', 0, 6))) throw new Unreadable('no GIF')
  screen.write('GIF89a', 0, 'latin1')
  const start = 13 + tableSize(screen[10] as number)
  const kept: Buffer[] = []
  let from = start
  for (let at = start; ;) {
    const [kind, label] = [...(await window.bytes(at, 1)), 0] as [number, number]
    if (kind === 0x3b) break
    if (kind === 0x2c) at = await past(window, at + 11 + tableSize((await window.bytes(at + 9, 1))[0] as number))
    else if (kind === 0x21) {
      const [, name] = await window.bytes(at, 2)
      const end = await past(window, at + 2)
      const older = name === 0xff && (await window.bytes(at + 3, 11)).toString('latin1') === mark
      if (older) {
        kept.push(await window.bytes(from, at - from))
        from = end
      }
      at = end
    } else throw new Unreadable(`no block ${label}`)
  }
  const extension = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from(mark, 'latin1'), xmp, trailer])
  return ok({
    head: Buffer.concat([screen, await window.bytes(13, start - 13), extension, ...kept]),
    cutHead: await window.bytes(0, from),
    from,
    to: source.size,
    tail: Buffer.alloc(0),
    cutTail: Buffer.alloc(0),
  })
}
