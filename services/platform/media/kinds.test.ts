import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { officeOf, psdOf, sample, wavOf, zipOf } from '#services/testing/files.ts'
import { childMedia } from './child-media.ts'
import { findFfmpeg } from './ffmpeg.ts'
import type { Derived, RenditionSpec } from './media.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kinds-test-'))
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const media = childMedia()
const ffmpeg = findFfmpeg()
const { script, fonts } = { script: new URL('./child/derive.mjs', import.meta.url).pathname, fonts: {} }
const bare = childMedia({}, { script, fonts, ffmpeg: null })

/** Its list of files claims four gigabytes. */
const lying = (bytes: Buffer): Buffer => bytes.fill(0xfe, bytes.length - 10, bytes.length - 6)

/** Its first file unpacks to more than its list says. */
function understated(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(100, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 24)
  return bytes
}

let made = 0
async function outcome(bytes: Buffer | string, mediaType: string, specs: RenditionSpec[] = [], by = media) {
  const file = path.join(folder, `file-${++made}`)
  writeFileSync(file, bytes)
  const renditions: RenditionSpec[] = [{ preset: 'page', maxEdge: 1600, format: 'png' }, ...specs]
  return by.derive({ path: file, mediaType, outDir: mkdtempSync(path.join(folder, 'out-')), renditions, print: true })
}
async function read(bytes: Buffer | string, mediaType: string, specs: RenditionSpec[] = [], by = media): Promise<Derived> {
  const answer = await outcome(bytes, mediaType, specs, by)
  if (!answer.ok) throw new Error(`${answer.error}: ${String(answer.detail)}`)
  return answer.value
}
const fileOf = (derived: Derived, preset: string): string | undefined => derived.files.find((file) => file.preset === preset)?.path
/** Mean colour of the picture, or of a part of it. */
async function colourOf(file: string | undefined, part?: { left: number; top: number; width: number; height: number }) {
  const picture = part ? sharp(await sharp(file).extract(part).toBuffer()) : sharp(file)
  return (await picture.stats()).channels.slice(0, 3).map(({ mean }) => Math.round(mean))
}
const differs = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))))
const flat = (background: string) => sharp({ create: { width: 60, height: 40, channels: 3, background } })

describe('pictures', () => {
  test('stand as the camera was held, all eight ways', async () => {
    const corner = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#000000' } })
      .composite([{ input: { create: { width: 10, height: 10, channels: 3, background: '#ff0000' } }, left: 0, top: 0 }])
      .png()
      .toBuffer()
    for (let orientation = 1; orientation <= 8; orientation++) {
      const bytes = await sharp(corner).withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()
      const derived = await read(bytes, 'image/jpeg')
      const [width, height] = orientation < 5 ? [40, 20] : [20, 40]
      expect(derived, `orientation ${orientation}`).toMatchObject({ width, height })
      const right = await sharp(bytes).autoOrient().raw().toBuffer()
      const ours = await sharp(fileOf(derived, 'page')).removeAlpha().raw().toBuffer()
      expect(Math.max(...right.map((value, i) => Math.abs(value - (ours[i] ?? 0)))), `orientation ${orientation}`).toBeLessThan(6)
    }
  })

  test('of a wide gamut, and of inks, show the colour that they mean', async () => {
    // The same brown, said in three spaces: what is shown may differ by little.
    const brown = [170, 120, 80]
    const source = await flat(`rgb(${brown.join()})`).png().toBuffer()
    const p3 = await sharp(source).withIccProfile('p3').png().toBuffer()
    expect(differs(brown, await colourOf(fileOf(await read(p3, 'image/png'), 'page')))).toBeLessThanOrEqual(3)
    const inks = await sharp(source).toColourspace('cmyk').withIccProfile('cmyk').tiff().toBuffer()
    expect((await sharp(inks).metadata()).space).toBe('cmyk')
    expect(differs(brown, await colourOf(fileOf(await read(inks, 'image/tiff'), 'page')))).toBeLessThanOrEqual(24)
    // Read as if they were sRGB the numbers of P3 would be another colour: the test tells the two apart.
    expect(differs(brown, await colourOf(path.join(folder, await unprofiled(p3))))).toBeGreaterThan(5)
  })
  async function unprofiled(bytes: Buffer): Promise<string> {
    const { data, info } = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true })
    await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      .png()
      .toFile(path.join(folder, 'as-is.png'))
    return 'as-is.png'
  }

  test('AVIF and HEIC are read, and neither passes for the other', async () => {
    const avif = await flat('#204080').avif().toBuffer()
    expect(differs([32, 64, 128], await colourOf(fileOf(await read(avif, 'image/avif'), 'page')))).toBeLessThan(8)
    const heic = await read(sample('picture.heic'), 'image/heic')
    expect(heic).toMatchObject({ width: 96, height: 64, form: 'PICTURE' })
    const [left, right] = [
      await colourOf(fileOf(heic, 'page'), { left: 0, top: 0, width: 8, height: 8 }),
      await colourOf(fileOf(heic, 'page'), { left: 88, top: 56, width: 8, height: 8 }),
    ]
    expect(differs(left, right), 'a gradient').toBeGreaterThan(60)
    expect(await outcome(sample('picture.heic'), 'image/avif')).toMatchObject({ ok: false })
  })

  test('what moves has a small animation with the mark in each frame', async () => {
    const frames = [0, 90, 180].map((x) => Buffer.alloc(120 * 80 * 3, x))
    const gif = await sharp(Buffer.concat(frames), { raw: { width: 120, height: 240, channels: 3, pageHeight: 80 } })
      .gif({ delay: [100, 100, 200] })
      .toBuffer()
    const derived = await read(gif, 'image/gif', [{ preset: 'motion', of: 'motion', maxEdge: 60, format: 'webp', watermark: 'House' }])
    expect(derived).toMatchObject({ width: 120, height: 80, frames: 3, durationMs: 400, form: 'PICTURE' })
    const motion = await sharp(fileOf(derived, 'motion'), { animated: true }).metadata()
    expect(motion).toMatchObject({ width: 60, pageHeight: 40, pages: 3, delay: [100, 100, 200] })
    for (let page = 0; page < 3; page++)
      expect((await sharp(fileOf(derived, 'motion'), { page }).stats()).channels[0]?.stdev, `frame ${page}`).toBeGreaterThan(1)
    const still = await read(await flat('#123456').webp().toBuffer(), 'image/webp', [
      { preset: 'motion', of: 'motion', maxEdge: 60, format: 'webp' },
    ])
    expect(still).toMatchObject({ frames: null, durationMs: null })
    expect(fileOf(still, 'motion')).toBeUndefined()
  })

  test.each([false, true])('Photoshop documents of colours and of inks, rows packed: %s', async (packed) => {
    const plane = (value: number) => Buffer.alloc(50 * 30, value)
    const rgb = await read(
      psdOf([plane(200), plane(100), plane(20)], { width: 50, height: 30, mode: 3, packed }),
      'image/vnd.adobe.photoshop',
    )
    expect(rgb).toMatchObject({ width: 50, height: 30, form: 'PICTURE' })
    expect(await colourOf(fileOf(rgb, 'page'))).toEqual([200, 100, 20])
    const inks = await sharp(await flat('#aa7850').png().toBuffer())
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .tiff()
      .toBuffer()
    const { icc } = await sharp(inks).metadata()
    // In a Photoshop document 255 is no ink. These four inks, in that profile, are this brown.
    const planes = [0x00, 0x6e, 0xf8, 0x5d].map((ink) => plane(255 - ink))
    const cmyk = await read(psdOf(planes, { width: 50, height: 30, mode: 4, icc, packed }), 'image/vnd.adobe.photoshop')
    expect(differs([166, 106, 3], await colourOf(fileOf(cmyk, 'page')))).toBeLessThanOrEqual(4)
  })
})

describe('fonts', () => {
  test('have a specimen, names, and what they say of embedding', async () => {
    const file = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf')
    const bytes = readFileSync(file)
    const derived = await read(bytes, 'font/ttf')
    expect(derived).toMatchObject({
      form: 'SPECIMEN',
      width: null,
      dominantColour: null,
      print: null,
      facts: { font: { family: 'DejaVu Serif', style: 'Book', embedding: 'installable' } },
    })
    expect(derived.embedded.other['font:usageTerms']).toContain('may be embedded and installed')
    expect((await sharp(fileOf(derived, 'page')).stats()).channels[0]?.stdev).toBeGreaterThan(15)
    const table = bytes.indexOf('OS/2')
    const at = bytes.readUInt32BE(table + 8)
    const locked = Buffer.from(bytes)
    locked.writeUInt16BE(2, at + 8)
    expect((await read(locked, 'font/ttf')).facts.font?.embedding).toBe('restricted')
  })
  test('of the web are read as they are packed', async () => {
    const file = createRequire(import.meta.url).resolve('@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2')
    expect((await read(readFileSync(file), 'font/woff2')).facts.font).toMatchObject({ embedding: 'installable', axes: ['wght'] })
  })
  test('that are broken are refused', async () => {
    expect(await outcome(Buffer.concat([Buffer.from('\0\x01\0\0\0\x04', 'latin1'), Buffer.alloc(300, 7)]), 'font/ttf')).toMatchObject({
      ok: false,
      error: 'unreadable',
    })
  })
})

describe('archives and what is packed like one', () => {
  test('are listed, never unpacked, however much they claim to hold', async () => {
    const derived = await read(zipOf({ 'a/Übersicht.txt': 'x'.repeat(2000), 'b.txt': 'y' }), 'application/zip')
    expect(derived).toMatchObject({
      form: 'LIST',
      facts: {
        entryCount: 2,
        unpackedSize: 2001,
        entries: [
          { name: 'a/Übersicht.txt', size: 2000 },
          { name: 'b.txt', size: 1 },
        ],
      },
    })
    const bomb = await read(zipOf({ bomb: Buffer.alloc(50_000_000) }), 'application/zip')
    expect(bomb.facts.unpackedSize).toBe(50_000_000)
  })
  test('Word and PowerPoint say their title; their own picture of the first page is shown', async () => {
    const plain = await read(officeOf('docx', { title: 'Voice &amp; tone' }), docx)
    expect(plain).toMatchObject({ form: 'ICON', embedded: { other: { 'office:title': 'Voice & tone', 'office:creator': 'Lena Vogt' } } })
    const thumbnail = await flat('#c03020').jpeg().toBuffer()
    const slides = await read(officeOf('pptx', { thumbnail }), docx.replace('wordprocessingml.document', 'presentationml.presentation'))
    expect(slides.form).toBe('PAGES')
    expect(differs([192, 48, 32], await colourOf(fileOf(slides, 'page')))).toBeLessThan(8)
  })
  test.each([
    ['macros', officeOf('docx', { macros: true }), docx, 'unsafe'],
    ['an archive called a document', zipOf({ 'a.txt': 'a' }), docx, 'unreadable'],
    ['a presentation called a document', officeOf('pptx'), docx, 'unsupported'],
    ['a list that is cut off', zipOf({ 'a.txt': 'a' }).subarray(0, 60), 'application/zip', 'unreadable'],
    [
      'a part that unpacks to more than it claims',
      understated(zipOf({ '[Content_Types].xml': Buffer.alloc(30_000_000) })),
      docx,
      'unreadable',
    ],
    ['a list that lies about its length', lying(zipOf({ 'a.txt': 'a' })), 'application/zip', 'unsupported'],
  ])('%s ends as a clear refusal', async (_what, bytes, mediaType, error) => {
    expect(await outcome(bytes, mediaType)).toMatchObject({ ok: false, error })
  })
})

describe('sound', () => {
  const excerpt: RenditionSpec = { preset: 'excerpt', of: 'excerpt', maxEdge: 0, format: 'mp3' }
  test('a WAVE is measured, drawn and cut without any help', async () => {
    const derived = await read(wavOf({ seconds: 40, channels: 2, rate: 44_100 }), 'audio/wav', [excerpt], bare)
    expect(derived).toMatchObject({
      form: 'SOUND',
      durationMs: 40_000,
      width: null,
      facts: { codec: 'PCM', sampleRate: 44_100, channels: 2, bitDepth: 16 },
    })
    const peaks = derived.facts.peaks ?? []
    expect(peaks).toHaveLength(240)
    expect([Math.min(...peaks.slice(2, 118)) > 90, Math.max(...peaks.slice(122)) < 20]).toEqual([true, true])
    const heard = await read(readFileSync(fileOf(derived, 'excerpt') ?? ''), 'audio/wav', [], bare)
    expect(heard.durationMs).toBe(30_000)
  })
  test('an MP3 is measured and cut at its frames where nothing codes sound, and says what is lacking', async () => {
    const derived = await read(sample('sound.mp3'), 'audio/mpeg', [excerpt], bare)
    expect(derived).toMatchObject({ form: 'SOUND', facts: { codec: 'MP3', sampleRate: 24_000, channels: 1, lacks: 'ffmpeg' } })
    expect(Math.abs((derived.durationMs ?? 0) - 3000)).toBeLessThan(150)
    expect(readFileSync(fileOf(derived, 'excerpt') ?? '').length).toBeGreaterThan(4000)
  })
  test.skipIf(!ffmpeg)('an MP3 has a waveform where ffmpeg is (skipped: this machine has none)', async () => {
    const { facts } = await read(sample('sound.mp3'), 'audio/mpeg')
    const peaks = facts.peaks ?? []
    expect(peaks[60]).toBeGreaterThan(80)
    expect(peaks[200]).toBeLessThan(40)
  })
})

describe('films', () => {
  const clip: RenditionSpec = { preset: 'clip', of: 'clip', maxEdge: 320, format: 'mp4', watermark: 'House · preview' }
  test.each([
    ['film.mp4', 'video/mp4', { width: 480, height: 270, codec: 'H.264', audioCodec: 'AAC', frameRate: 24 }, 5000],
    ['film.mov', 'video/quicktime', { width: 160, height: 90, codec: 'H.264', frameRate: 12 }, 2000],
    ['film.webm', 'video/webm', { width: 160, height: 90, codec: 'VP9', frameRate: 12 }, 2000],
  ] as const)(
    '%s has its facts and a card without ffmpeg, and says what is lacking',
    async (name, mediaType, { width, height, ...facts }, durationMs) => {
      const derived = await read(sample(name), mediaType, [clip], bare)
      expect(derived).toMatchObject({ width, height, form: 'ICON', facts: { ...facts, lacks: 'ffmpeg' } })
      expect(Math.abs((derived.durationMs ?? 0) - durationMs)).toBeLessThan(100)
      expect(fileOf(derived, 'clip')).toBeUndefined()
    },
  )
  test('a film that was held upright is measured upright', async () => {
    const bytes = Buffer.from(sample('film.mp4'))
    const at = bytes.indexOf('tkhd', 0, 'latin1') + 4 + 40
    for (const [i, value] of [0, 0x10000, 0, -0x10000, 0].entries()) bytes.writeInt32BE(value, at + i * 4)
    expect(await read(bytes, 'video/mp4', [], bare)).toMatchObject({ width: 270, height: 480 })
  })
  test('a film that is cut off before it says what it holds is refused', async () => {
    const whole = sample('film.mp4')
    expect(await outcome(whole.subarray(0, whole.indexOf('moov', 0, 'latin1')), 'video/mp4', [], bare)).toMatchObject({
      ok: false,
      error: 'unreadable',
    })
  })
  test.skipIf(!ffmpeg)('a poster and a marked clip are made where ffmpeg is (skipped: this machine has none)', async () => {
    const watch: RenditionSpec = { preset: 'watch', of: 'watch', maxEdge: 320, format: 'mp4' }
    const derived = await read(sample('film.mp4'), 'video/mp4', [clip, watch])
    expect(derived).toMatchObject({ form: 'FILM', width: 480, height: 270 })
    expect((await sharp(fileOf(derived, 'page')).stats()).isOpaque).toBe(true)
    const [marked, plain] = await Promise.all(
      ['clip', 'watch'].map((preset) => read(readFileSync(fileOf(derived, preset) ?? ''), 'video/mp4')),
    )
    expect(marked).toMatchObject({ width: 320, height: 180, facts: { codec: 'H.264', audioCodec: 'AAC' } })
    const [with_, without] = await Promise.all(
      [marked, plain].map((shown) =>
        sharp(fileOf(shown as Derived, 'page'))
          .removeAlpha()
          .raw()
          .toBuffer(),
      ),
    )
    const apart = (with_ ?? Buffer.alloc(0)).reduce((sum, value, i) => sum + Math.abs(value - (without?.[i] ?? 0)), 0) / (320 * 180 * 3)
    expect(apart, 'the mark lies over one of the two').toBeGreaterThan(1)
  })
  test.skipIf(!ffmpeg)('what names other files or hosts is not followed (skipped: this machine has none)', async () => {
    const list = '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'
    expect(await outcome(list, 'video/mp4')).toMatchObject({ ok: false, error: 'unreadable' })
  })
})
