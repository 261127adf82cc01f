import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { fileURLToPath } from 'node:url'
import { childMedia } from './child-media.ts'
import type { RenditionSpec } from './media.ts'

const media = childMedia()
const folder = mkdtempSync(path.join(tmpdir(), 'media-test-'))
const specs: RenditionSpec[] = [
  { preset: 'grid', maxEdge: 640, format: 'webp', watermark: 'Northlight <& Söhne> · preview' },
  { preset: 'web', maxEdge: 2048, format: 'jpeg' },
]
let made = 0
function derive(bytes: Buffer | string, mediaType: string, chosen = media) {
  const file = path.join(folder, `file-${++made}`)
  writeFileSync(file, bytes)
  return chosen.derive({ path: file, mediaType, outDir: mkdtempSync(path.join(folder, 'out-')), renditions: specs })
}
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c04020' } })

/** A PNG that claims a size and holds next to nothing. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    let crc = ~0
    for (const byte of body)
      for (let k = 0, c = (crc ^ byte) & 255; k < 8 || void (crc = (crc >>> 8) ^ c); k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
    check.writeInt32BE(~crc)
    return Buffer.concat([length, body, check])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1024))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('honest files', () => {
  test('a picture is measured upright, coloured and rendered, with its mark', async () => {
    const bytes = await plain(1200, 800).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const outcome = await derive(bytes, 'image/jpeg')
    if (!outcome.ok) throw new Error(String(outcome.detail))
    expect(outcome.value).toMatchObject({ width: 800, height: 1200, pages: null })
    expect(outcome.value.palette[0]).toBe(outcome.value.dominantColour)
    const [grid, web] = outcome.value.files
    expect(grid).toMatchObject({ preset: 'grid', width: 427, height: 640, mediaType: 'image/webp' })
    expect(web).toMatchObject({ preset: 'web', width: 800, height: 1200, mediaType: 'image/jpeg' })
    const { channels } = await sharp(grid?.path).stats()
    expect(channels[0]?.stdev, 'the mark is there').toBeGreaterThan(2)
    expect((await sharp(web?.path).stats()).channels[0]?.stdev, 'and only where it belongs').toBeLessThan(1)
  })

  test('CMYK becomes sRGB, transparency becomes white in a JPEG', async () => {
    const cmyk = await derive(await plain(300, 200).toColourspace('cmyk').tiff().toBuffer(), 'image/tiff')
    if (!cmyk.ok) throw new Error(String(cmyk.detail))
    expect((await sharp(cmyk.value.files[1]?.path).metadata()).space).toBe('srgb')
    const clear = await derive(
      await sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toBuffer(),
      'image/png',
    )
    if (!clear.ok) throw new Error(String(clear.detail))
    expect((await sharp(clear.value.files[1]?.path).stats()).dominant).toMatchObject({ r: 248 })
  })

  test('a drawing is drawn at the size that is wanted and gives its title', async () => {
    const outcome = await derive(
      '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="12"><title>Mark</title><rect width="24" height="12" fill="#0a0"/></svg>',
      'image/svg+xml',
    )
    if (!outcome.ok) throw new Error(String(outcome.detail))
    expect(outcome.value).toMatchObject({ width: 24, height: 12, embedded: { other: { 'svg:title': 'Mark' } } })
    expect(outcome.value.files[0]?.width).toBe(640)
  })

  test('a machine without any font draws the mark and the words of a drawing all the same', async () => {
    const script = fileURLToPath(new URL('./child/derive.mjs', import.meta.url))
    const bare = childMedia(
      {},
      { script, fonts: { FONTCONFIG_PATH: folder, FONTCONFIG_FILE: path.join(folder, 'none.conf'), XDG_CACHE_HOME: folder } },
    )
    const marked = await derive(await plain(900, 600).jpeg().toBuffer(), 'image/jpeg', bare)
    if (!marked.ok) throw new Error(String(marked.detail))
    expect((await sharp(marked.value.files[0]?.path).stats()).channels[0]?.stdev).toBeGreaterThan(2)
    const words = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><text x="5" y="45" font-size="40">House</text></svg>'
    const drawn = await derive(words, 'image/svg+xml')
    if (!drawn.ok) throw new Error(String(drawn.detail))
    expect((await sharp(drawn.value.files[1]?.path).stats()).channels[0]?.stdev).toBeGreaterThan(20)
  })

  test('a PDF gives its first page and the number of pages', async () => {
    const pages = '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>'
    const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>'
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', pages, page, page, '<< /Title (Our guidelines) >>']
    const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
    const outcome = await derive(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Info 5 0 R /Size 6 >>\n%%EOF\n`, 'application/pdf')
    if (!outcome.ok) throw new Error(String(outcome.detail))
    expect(outcome.value).toMatchObject({ width: 300, height: 200, pages: 2, embedded: { other: { 'pdf:Title': 'Our guidelines' } } })
  })

  test('XMP is read by namespace, beside what EXIF says', async () => {
    const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:ph="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" ph:Credit="Müller &amp; Co" ph:DateCreated="2024-05-06T10:00:00">
      <d:title><rdf:Alt><rdf:li xml:lang="de">Hafen</rdf:li><rdf:li xml:lang="x-default">Harbour</rdf:li></rdf:Alt></d:title>
      <d:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Ben</rdf:li></rdf:Seq></d:creator><d:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sea</rdf:li><rdf:li>dawn</rdf:li></rdf:Bag></d:subject>
      <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Agency</plus:LicensorName></rdf:li></rdf:Seq></plus:Licensor>
      </rdf:Description></rdf:RDF></x:xmpmeta>`
    const outcome = await derive(
      await plain(60, 40)
        .withXmp(packet)
        .withExif({ IFD0: { Artist: 'Not Ada', ImageDescription: 'From EXIF' } })
        .jpeg()
        .toBuffer(),
      'image/jpeg',
    )
    if (!outcome.ok) throw new Error(String(outcome.detail))
    expect(outcome.value.embedded).toMatchObject({
      xmp: {
        'dc:title': { '@x-default': 'Harbour', '@de': 'Hafen' },
        'dc:creator': ['Ada', 'Ben'],
        'dc:subject': ['sea', 'sea', 'dawn'],
        'photoshop:Credit': 'Müller & Co',
        'photoshop:DateCreated': '2024-05-06T10:00:00',
        'plus:Licensor': [{ 'plus:LicensorName': 'Agency' }],
      },
      exif: { Artist: 'Not Ada', ImageDescription: 'From EXIF' },
    })
  })
})

describe('hostile files', () => {
  const svg = (inner: string, head = '') =>
    `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10">${inner}</svg>`
  const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')

  test.each<[string, () => Promise<Buffer | string>, string, string]>([
    ['a truncated JPEG', async () => (await plain(900, 900).jpeg().toBuffer()).subarray(0, 3000), 'image/jpeg', 'unreadable'],
    ['a PNG of 900 megapixels', async () => pngOf(30_000, 30_000), 'image/png', 'too-many-pixels'],
    ['a PNG that lacks its pixels', async () => pngOf(4000, 4000), 'image/png', 'unreadable'],
    ['a PNG called JPEG', async () => plain(10, 10).png().toBuffer(), 'image/jpeg', 'unsupported'],
    ['noise called PNG', async () => Buffer.from('\x89PNG\r\n\x1a\n'.repeat(50), 'latin1'), 'image/png', 'unreadable'],
    ['an empty file', async () => '', 'image/jpeg', 'unsupported'],
    ['a PDF that is a picture', async () => plain(10, 10).png().toBuffer(), 'application/pdf', 'unreadable'],
    ['a drawing with a script', async () => svg('<script>alert(1)</script>'), 'image/svg+xml', 'unsafe'],
    ['a drawing with a handler', async () => svg('<rect onload="alert(1)"/>'), 'image/svg+xml', 'unsafe'],
    [
      'a drawing that reads a file',
      async () => svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
      'image/svg+xml',
      'unsafe',
    ],
    ['a drawing that calls out', async () => svg('<image href="https://tracker.test/a.png"/>'), 'image/svg+xml', 'unsafe'],
    [
      'a drawing with an outside entity',
      async () => svg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      'image/svg+xml',
      'unsafe',
    ],
    ['an entity bomb', async () => svg('<text>&e12;</text>', `<!DOCTYPE svg [<!ENTITY e0 "lol">${entities}]>`), 'image/svg+xml', 'unsafe'],
    ['a drawing with a web page in it', async () => svg('<foreignObject><iframe/></foreignObject>'), 'image/svg+xml', 'unsafe'],
    ['a style from elsewhere', async () => svg('<style>rect{fill:url(https://x.test/y)}</style>'), 'image/svg+xml', 'unsafe'],
    ['a drawing that is cut off', async () => '<svg xmlns="http://www.w3.org/2000/svg"><g>', 'image/svg+xml', 'unreadable'],
  ])('%s ends as a clear refusal', async (_what, make, mediaType, error) => {
    const outcome = await derive(await make(), mediaType)
    expect(outcome).toMatchObject({ ok: false, error })
    expect(outcome.ok || String(outcome.detail)).toMatch(/^[A-Z].*\.$/)
  })

  test('a link that a reader may click is no danger', async () => {
    const outcome = await derive(svg('<a href="https://northlight.test"><rect width="5" height="5"/></a>'), 'image/svg+xml')
    expect(outcome.ok).toBe(true)
  })
})

describe('the child', () => {
  const scriptOf = (name: string, code: string) => {
    const script = path.join(folder, name)
    writeFileSync(script, code)
    return { script, fonts: {} }
  }
  test('that hangs is killed at the deadline', async () => {
    const hung = childMedia({ deadlineMs: 300 }, scriptOf('hang.mjs', 'for (;;);'))
    expect(await derive('x', 'image/jpeg', hung)).toMatchObject({ ok: false, error: 'timed-out' })
  })
  test.runIf(process.platform === 'linux')('that eats memory is killed', async () => {
    const eater = 'const held = []; setInterval(() => held.push(Buffer.alloc(32e6, 1)), 5)'
    const greedy = childMedia({ memoryBytes: 200e6, watchMs: 20, deadlineMs: 20_000 }, scriptOf('eat.mjs', eater))
    expect(await derive('x', 'image/jpeg', greedy)).toMatchObject({ ok: false, error: 'out-of-memory' })
  })
  test.runIf(process.platform === 'linux')(
    'is answered for by what it started too: that is killed with it, and its memory counts',
    async () => {
      const starts = (code: string) =>
        `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs'
      writeFileSync(${JSON.stringify(path.join(folder, 'started'))}, String(spawn(process.execPath, ['-e', ${JSON.stringify(code)}]).pid)); setInterval(() => 0, 1000)`
      const runs = () => {
        const stat = `/proc/${readFileSync(path.join(folder, 'started'), 'latin1')}/stat`
        return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'latin1'))
      }
      const hung = childMedia({ deadlineMs: 1_500 }, scriptOf('parent.mjs', starts('setInterval(() => 0, 1000)')))
      expect(await derive('x', 'image/jpeg', hung)).toMatchObject({ error: 'timed-out' })
      await expect.poll(runs).toBe(false)
      const eater = starts('const held = []; setInterval(() => held.push(Buffer.alloc(32e6, 1)), 5)')
      const greedy = childMedia({ memoryBytes: 300e6, watchMs: 20, deadlineMs: 20_000 }, scriptOf('eaters.mjs', eater))
      expect(await derive('x', 'image/jpeg', greedy)).toMatchObject({ error: 'out-of-memory' })
      await expect.poll(runs).toBe(false)
    },
  )
  test('that dies without a word is a file that cannot be read', async () => {
    expect(await derive('x', 'image/jpeg', childMedia({}, scriptOf('die.mjs', 'process.abort()')))).toMatchObject({
      ok: false,
      error: 'unreadable',
    })
  })
  test('that babbles is not believed', async () => {
    expect(await derive('x', 'image/jpeg', childMedia({}, scriptOf('babble.mjs', 'console.log("{")')))).toMatchObject({
      ok: false,
      error: 'unreadable',
    })
  })
  test('gets nothing of our environment', async () => {
    const told = scriptOf(
      'env.mjs',
      'console.log(JSON.stringify({ ok: false, error: "unreadable", detail: Object.keys(process.env).sort().join() }))',
    )
    expect(await derive('x', 'image/jpeg', childMedia({}, told))).toMatchObject({
      detail: 'MALLOC_ARENA_MAX,NODE_ENV,TMPDIR,UV_THREADPOOL_SIZE',
    })
  })
})

const collection = path.resolve('../shared/testdata/hostile')
const types: Record<string, string> = { '.png': 'image/png', '.jpg': 'image/jpeg', '.svg': 'image/svg+xml' }
describe.skipIf(!existsSync(collection))('odd files collected by others (skipped: the folder of test data is absent)', () => {
  const names = existsSync(collection) ? readdirSync(collection).filter((name) => types[path.extname(name)]) : []
  test.each(names)('%s is read or refused', async (name) => {
    const mediaType = types[path.extname(name)] ?? ''
    const outDir = mkdtempSync(path.join(folder, 'out-'))
    const outcome = await media.derive({ path: path.join(collection, name), mediaType, outDir, renditions: specs })
    expect(outcome.ok ? outcome.value.files.length : String(outcome.detail)).toBeTruthy()
  })
})
