import { dayOf } from '../../kernel/period.ts'
import type { LicenceDocument } from '../../licensing/rules/licence-document.ts'
import { xmlText } from './xml-text.ts'

/** What the library knows of the asset beyond the licence: it replaces whatever the file said of itself. */
export interface PacketAsset {
  description: string
  altText: string
  keywords: readonly string[]
  copyrightNotice: string
  source: string
  dateCreated: string | null
  digitalSourceType: string | null
}

const plusVocabulary = 'http://ns.useplus.org/ldf/vocab/'
const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
} as const

type Name = `${keyof typeof namespaces}:${string}`

/** Limits in bytes: together they keep the packet within one JPEG segment (65,502), whatever people typed. */
const [line, paragraph, page] = [600, 3_000, 6_000]

const element = (name: Name, content: string): string => (content ? `<${name}>${content}</${name}>` : '')
const text = (name: Name, value: string | null, limit = line): string => element(name, xmlText(value ?? '', limit))
const listOf = (kind: 'Bag' | 'Seq', items: readonly string[]): string =>
  items.length ? `<rdf:${kind}>${items.join('')}</rdf:${kind}>` : ''
const item = (value: string): string => (value ? `<rdf:li>${value}</rdf:li>` : '')

const words = (name: Name, value: string, limit = line): string => {
  const written = xmlText(value, limit)
  return element(name, written && `<rdf:Alt><rdf:li xml:lang="x-default">${written}</rdf:li></rdf:Alt>`)
}
const bag = (name: Name, values: readonly string[], limit = 200): string =>
  element(name, listOf('Bag', values.map((value) => item(xmlText(value, limit))).filter(Boolean)))
const seq = (name: Name, value: string): string => element(name, listOf('Seq', [item(xmlText(value, line))].filter(Boolean)))
/** PLUS writes parties as an ordered list of structures, also where there is one. */
const party = (name: Name, fields: string[]): string =>
  element(name, `<rdf:Seq><rdf:li rdf:parseType="Resource">${fields.join('')}</rdf:li></rdf:Seq>`)

const assetPart = (asset: PacketAsset, licensed: LicenceDocument['asset']): string[] => [
  words('dc:title', licensed.title),
  words('dc:description', asset.description, page),
  seq('dc:creator', licensed.creator),
  bag('dc:subject', asset.keywords.slice(0, 60)),
  words('dc:rights', asset.copyrightNotice),
  text('photoshop:Credit', licensed.creditLine),
  text('photoshop:Source', asset.source),
  text('photoshop:DateCreated', asset.dateCreated),
  words('Iptc4xmpCore:AltTextAccessibility', asset.altText, paragraph),
  text('Iptc4xmpExt:DigitalSourceType', asset.digitalSourceType && sourceTypes + asset.digitalSourceType),
  text('plus:LicensorImageID', licensed.id),
]

/** The contract's own zone: the day on which a term ends is a day there. */
const zoneOf = ({ scope }: LicenceDocument): string => {
  const { zone } = scope.terms as { zone?: unknown }
  return typeof zone === 'string' ? zone : 'UTC'
}

const scopeWords = ({ scope }: LicenceDocument, label: RegExp): string =>
  scope.words
    .filter((row) => label.test(row.label))
    .map((row) => row.words)
    .join('; ')

const summaryOf = (document: LicenceDocument): string =>
  [
    `Licence ${document.number} to ${document.holder.name}.`,
    ...document.scope.words.map(({ label, words: said }) => `${label}: ${said}.`),
  ].join(' ')

function licencePart(document: LicenceDocument, origin: string): string[] {
  const { licensor, holder, licensee, order, terms } = document
  const day = (instant: string, before = 0) => dayOf(new Date(Date.parse(instant) - before), zoneOf(document))
  return [
    text('xmpRights:Marked', 'True'),
    text('xmpRights:WebStatement', `${origin}/verify/${document.number}`),
    words('xmpRights:UsageTerms', summaryOf(document), paragraph),
    text('plus:Version', '2.0.1'),
    text('plus:LicenseID', document.number),
    party('plus:Licensee', [text('plus:LicenseeID', holder.id), text('plus:LicenseeName', holder.name)]),
    licensee ? party('plus:EndUser', [text('plus:EndUserName', licensee)]) : '',
    party('plus:Licensor', [
      text('plus:LicensorID', licensor.id),
      text('plus:LicensorName', licensor.name),
      text('plus:LicensorEmail', licensor.email),
      text('plus:LicensorURL', `${origin}/assets/${document.asset.id}`),
    ]),
    text('plus:LicenseStartDate', day(document.from)),
    // The last day of the grant: the day of the last instant before the half-open end.
    text('plus:LicenseEndDate', document.until && day(document.until, 1)),
    text('plus:LicenseTransactionDate', day(document.issuedAt)),
    words('plus:MediaConstraints', scopeWords(document, /media|use/i), paragraph),
    words('plus:RegionConstraints', scopeWords(document, /territor|region|where/i), paragraph),
    words('plus:ProductOrServiceConstraints', scopeWords(document, /industr/i), paragraph),
    bag('plus:ImageFileConstraints', [`${plusVocabulary}IF-MMD`]),
    bag('plus:LicensorTransactionID', order ? [order.number] : []),
    text('plus:TermsAndConditionsURL', terms && `${origin}/terms/${terms.templateId}`),
    text('plus:DataMining', `${plusVocabulary}DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING`),
  ]
}

/**
 * The licence as an XMP packet (IPTC Core and Extension, XMP rights, PLUS License Data Format) for the file that leaves
 * under it. The same licence and asset give the same packet, byte for byte: ranges of one file can be asked for twice.
 */
export function licencePacket(document: LicenceDocument, asset: PacketAsset, origin: string): string {
  const declared = Object.entries(namespaces)
    .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
    .join(' ')
  const properties = [...assetPart(asset, document.asset), ...licencePart(document, origin)].filter(Boolean).join('\n')
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${declared}>
${properties}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`
}
