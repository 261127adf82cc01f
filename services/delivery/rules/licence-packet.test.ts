import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestJpegPacket } from '../../platform/files/stamp/jpeg.ts'
import { aDocument, aPacketAsset } from '#services/testing/licence-documents.ts'
import { licencePacket } from './licence-packet.ts'

const origin = 'https://clearmark.test'

/** Every tag closed in order, every ampersand an entity: what an XML parser would insist on. */
function wellFormed(xml: string): boolean {
  const open: string[] = []
  const rest = xml
    .replace(/<\?[\s\S]*?\?>/g, '')
    .replace(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*>/g, (_, end: string, name: string) => {
      if (!end) open.push(name)
      else if (open.pop() !== name) open.push('mismatch')
      return ''
    })
  return open.length === 0 && !/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.test(rest)
}

test('whatever people typed, the packet is well-formed, and its first part fits into one JPEG segment', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4000 }),
    fc.constantFrom(
      '</rdf:li></rdf:Alt><plus:LicenseID>CM-FALSE</plus:LicenseID>',
      '<?xpacket end="w"?>',
      ']]>',
      '&#0;',
      '"\'&<>'.repeat(3000),
      '\ud800',
      '💥'.repeat(9000),
    ),
  )
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 12, maxLength: 12 }), fc.array(hostile, { maxLength: 90 }), (typed, keywords) => {
      const [title, creator, credit, holder, licensee, licensor, email, words, description, altText, copyright, source] = typed as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ]
      const document = aDocument({
        licensee,
        licensor: { id: 'org_1', name: licensor, address: null, country: null, email },
        holder: { id: 'org_2', name: holder, address: null, country: null, email: null },
        asset: { ...aDocument().asset, title, creator, creditLine: credit },
        scope: {
          terms: { zone: 'Europe/Berlin' },
          words: [
            { label: 'Media', words, codes: '' },
            { label: 'Territory', words, codes: '' },
            { label: 'Industry', words, codes: '' },
          ],
        },
      })
      const said = aPacketAsset({ description, altText, keywords, copyrightNotice: copyright, source })
      const { xmp, split } = licencePacket(document, said, origin)
      const parts = split ? [split.main, split.extension] : [xmp]
      expect(Buffer.byteLength(parts[0] as string)).toBeLessThanOrEqual(largestJpegPacket)
      for (const part of [xmp, ...parts]) expect(wellFormed(part)).toBe(true)
      expect(xmp.match(/<plus:LicenseID>/g)).toHaveLength(1)
      expect(parts[0]).toContain('<plus:LicenseID>')
    }),
    { numRuns: 60 },
  )
})

test('the last day is the one that the contract names, in its own zone', () => {
  const packet = licencePacket(
    aDocument({ from: '2026-11-20T23:00:00.000Z', until: '2026-12-31T23:00:00.000Z' }),
    aPacketAsset(),
    origin,
  ).xmp
  expect(packet).toContain('<plus:LicenseStartDate>2026-11-21</plus:LicenseStartDate>')
  expect(packet).toContain('<plus:LicenseEndDate>2026-12-31</plus:LicenseEndDate>')
})

test('a licence without an end, an end client or an order leaves those out', () => {
  const packet = licencePacket(aDocument({ until: null }), aPacketAsset(), origin).xmp
  for (const absent of ['LicenseEndDate', 'EndUser', 'LicensorTransactionID']) expect(packet).not.toContain(absent)
})

test('the same licence gives the same bytes', () => {
  expect(licencePacket(aDocument(), aPacketAsset(), origin)).toEqual(licencePacket(aDocument(), aPacketAsset(), origin))
})
