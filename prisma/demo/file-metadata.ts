import { Readable } from 'node:stream'
import sharp from 'sharp'
import { settleFields } from '#services/assets/settle-fields.ts'
import { receiveUpload } from '#services/assets/uploads.ts'
import type { Person } from '#services/kernel/actor.ts'
import { sure, type Story } from './story.ts'

/** As an agency's program writes it: words in two languages, a place, terms, a licensor and a release. */
const packet = (title: string, german: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
  xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li><rdf:li xml:lang="de">${german}</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>Imke Hansen</rdf:li></rdf:Seq></dc:creator><photoshop:Credit>Imke Hansen / Nordbild</photoshop:Credit><photoshop:City>Husum</photoshop:City><photoshop:Country>Germany</photoshop:Country>
  <photoshop:Instructions>Editorial use only</photoshop:Instructions><Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Bands of sand and water in low light</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
  <Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:Sublocation>Wadden Sea</Iptc4xmpExt:Sublocation><Iptc4xmpExt:CountryCode>DE</Iptc4xmpExt:CountryCode></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>
  <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">One-time use in print and web, two years from delivery</rdf:li></rdf:Alt></xmpRights:UsageTerms>
  <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Nordbild Agency</plus:LicensorName><plus:LicensorEmail>rights@nordbild.example</plus:LicensorEmail></rdf:li></rdf:Seq></plus:Licensor>
  <plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING</plus:DataMining></rdf:Description></rdf:RDF></x:xmpmeta>`

const bands = (hue: number) =>
  Array.from(
    { length: 14 },
    (_, i) => `<rect y="${i * 74}" width="1500" height="75" fill="hsl(${hue + i * 3} ${30 + i}% ${88 - i * 4}%)"/>`,
  ).join('')
const bank = Array.from(
  { length: 9 },
  (_, i) =>
    `<ellipse cx="${420 + i * 65}" cy="${760 - i * 58}" rx="${620 - i * 60}" ry="${330 - i * 31}" fill="hsl(${28 + i * 4} 42% ${34 + i * 6}%)"/>`,
).join('')

const tidelands = (shapes: string, words: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="1000"><rect width="1500" height="1000" fill="#20313f"/>${shapes}</svg>`,
    ),
  )
    .withXmp(words)
    .jpeg({ quality: 88 })
    .toBuffer()

/** Two pictures of an agency: one line for the rights desk, and one of them with a new file that says something else than its record. */
export async function takeInAgencyPictures(story: Story, librarian: Person): Promise<void> {
  const lena = story.as(librarian)
  const send = async (fileName: string, bytes: Buffer, assetId?: string) =>
    sure(await receiveUpload(lena, { fileName, source: Readable.from([bytes]), assetId }), `upload ${fileName}`)
  const first = await send('nordbild-0412.jpg', await tidelands(bands(195), packet('Ebb near Husum', 'Ebbe bei Husum')))
  await send('nordbild-0413.jpg', await tidelands(bank, packet('Sandbank at dusk', 'Sandbank am Abend')))
  await story.calm()
  await send(
    'nordbild-0412-retouched.jpg',
    await tidelands(bands(199), packet('Low tide, Husum', 'Niedrigwasser vor Husum').replace('Imke Hansen / Nordbild', 'Nordbild')),
    first.assetId,
  )
  await story.calm()
  const { changedAt } = await lena.db.asset.findUniqueOrThrow({ where: { id: first.assetId }, select: { changedAt: true } })
  sure(
    await settleFields(lena, { assetId: first.assetId, seenAt: changedAt.toISOString(), choice: { creditLine: 'keep' }, verb: 'chosen' }),
    'settle the credit line',
  )
}
