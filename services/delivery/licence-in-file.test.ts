import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { exiftool } from 'exiftool-vendored'
import { afterAll, expect, test } from 'vitest'
import { open } from '#services/platform/files/splice.ts'
import { sourceFile, stamp } from '#services/platform/files/stamp.ts'
import { aDocument, aPacketAsset } from '#services/testing/licence-documents.ts'
import { aPicture } from '#services/testing/world.ts'
import { licencePacket } from './rules/licence-packet.ts'

/** ExifTool is the reader that the trade trusts. It is Perl: where there is none, this file is skipped. */
const perl = (() => {
  try {
    execFileSync('perl', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const folder = mkdtempSync(path.join(tmpdir(), 'licence-in-file-'))
afterAll(async () => {
  await exiftool.end()
  rmSync(folder, { recursive: true })
})

const document = aDocument({ licensee: 'Fährhaus <Hamburg> & "Co"' })
const picture = async (format: 'jpeg' | 'png' | 'webp' | 'tiff'): Promise<Buffer> => {
  const { default: sharp } = await import('sharp')
  return sharp(await aPicture())
    .toFormat(format)
    .toBuffer()
}

test.skipIf(!perl).each(['jpeg', 'png', 'webp', 'tiff'] as const)(
  'exiftool reads licence, holder, end client and end out of a delivered %s',
  async (format) => {
    const bytes = await picture(format)
    const storage = {
      open: async (_key: string, range = { start: 0, end: bytes.length - 1 }) =>
        Readable.from([bytes.subarray(range.start, range.end + 1)]),
    }
    const packet = Buffer.from(licencePacket(document, aPacketAsset(), 'https://clearmark.test').xmp)
    const stamped = await stamp(sourceFile(storage, { key: 'k', size: bytes.length, crc32: crc32(bytes) }), `image/${format}`, packet)
    if (!stamped.ok) throw new Error(stamped.error)
    const target = path.join(folder, `delivered.${format}`)
    writeFileSync(target, await buffer(open(stamped.value.file, storage)))

    const tags = await exiftool.readRaw(target, { readArgs: ['-struct', '-n', '-XMP:all', '-Warning', '-Error'] })
    expect(tags).toMatchObject({
      LicenseID: document.number,
      Licensee: [{ LicenseeName: 'Müller & Söhne', LicenseeID: 'org_holder' }],
      EndUser: [{ EndUserName: 'Fährhaus <Hamburg> & "Co"' }],
      LicenseEndDate: '2027:11:20',
      WebStatement: `https://clearmark.test/verify/${document.number}`,
      RegionConstraints: 'Germany, Austria, Switzerland',
      MediaConstraints: 'Websites and paid social',
      TermsAndConditionsURL: 'https://clearmark.test/terms/ttp_1',
      Credit: 'Ada Meyer / Northlight',
      AltTextAccessibility: 'Boats in a harbour',
    })
    // A complaint that ExifTool has about the picture as it was (it has one about strips of TIFF) is not ours.
    writeFileSync(`${target}.before`, bytes)
    const before = await exiftool.readRaw(`${target}.before`, { readArgs: ['-n', '-Warning'] })
    expect(tags.Warning).toBe(before.Warning)
    expect(tags).not.toHaveProperty('Error')
  },
)
