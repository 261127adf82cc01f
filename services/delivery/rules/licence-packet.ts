import { cutTo, packetOf, type Packet } from '../../assets/rules/metadata-writing.ts'
import type { FieldValue, FieldValues } from '../../assets/rules/metadata-values.ts'
import { dayOf } from '../../kernel/period.ts'
import type { LicenceDocument } from '../../licensing/rules/licence-document.ts'

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

/** What whoever opens a layout file must know at once: IPTC's Instructions, which editors show. Other licences have their terms. */
const instructionsOf = (document: LicenceDocument): string =>
  document.model === 'COMP' && document.until
    ? `Layout only, not for publication. ${document.number}, until ${dayOf(new Date(Date.parse(document.until) - 1), zoneOf(document))}.`
    : ''

/** Limits in bytes of what people typed without one. */
const [line, paragraph] = [600, 3_000]
const said = (text: string | null | undefined, limit = line): FieldValue | undefined => cutTo(text?.trim() ?? '', limit) || undefined
const party = (fields: Record<string, FieldValue | undefined>): FieldValue | undefined => {
  const known = Object.entries(fields).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined)
  return known.length > 0 ? Object.fromEntries(known) : undefined
}
const list = (one: FieldValue | undefined): FieldValue | undefined => (one === undefined ? undefined : [one])

/** What the licence says, by the names of the metadata map; undefined takes away what the file said of it. */
function licenceValues(document: LicenceDocument, origin: string): Record<string, FieldValue | undefined> {
  const { licensor, holder, licensee, order, terms, asset } = document
  const day = (instant: string, before = 0) => dayOf(new Date(Date.parse(instant) - before), zoneOf(document))
  return {
    title: said(asset.title),
    creator: said(asset.creator) && asset.creator.split(/\s*;\s*/).flatMap((name) => said(name) ?? []),
    creditLine: said(asset.creditLine),
    instructions: said(instructionsOf(document)),
    marked: true,
    webStatement: `${origin}/verify/${document.number}`,
    usageTerms: said(summaryOf(document), paragraph),
    ldfVersion: '2.0.1',
    licenceId: document.number,
    licensees: list(party({ id: said(holder.id), name: said(holder.name) })),
    endUsers: list(party({ name: said(licensee) })),
    licensors: list(
      party({ id: said(licensor.id), name: said(licensor.name), email: said(licensor.email), url: `${origin}/assets/${asset.id}` }),
    ),
    licensorImageId: said(asset.id),
    mediaSummaryCode: undefined,
    licenceStart: day(document.from),
    // The last day of the grant: the day of the last instant before the half-open end.
    licenceEnd: document.until ? day(document.until, 1) : undefined,
    licenceDate: day(document.issuedAt),
    mediaConstraints: said(scopeWords(document, /media|use/i), paragraph),
    regionConstraints: said(scopeWords(document, /territor|region|where/i), paragraph),
    productConstraints: said(scopeWords(document, /industr/i), paragraph),
    fileConstraints: ['IF-MMD'],
    licensorTransactions: order ? [order.number] : undefined,
    licenseeTransactions: undefined,
    licenseeProjects: undefined,
    reuse: undefined,
    otherDocuments: undefined,
    termsText: undefined,
    termsUrl: terms ? `${origin}/terms/${terms.templateId}` : undefined,
    otherConditions: undefined,
    dataMining: 'DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING',
    embeddedExpressions: undefined,
    linkedExpressions: undefined,
  }
}

/** What goes out under a licence: what the asset says, and in the licence's own fields the licence. */
export function licensedValues(document: LicenceDocument, asset: FieldValues, origin: string): FieldValues {
  const { title, creator, creditLine, instructions, ...licence } = licenceValues(document, origin)
  // The wording that was licensed stands; where it is the asset's own, the asset may say it in more languages.
  const own = {
    title:
      typeof asset['title'] === 'object' && !Array.isArray(asset['title']) && asset['title']['x-default'] === title
        ? asset['title']
        : title,
    creator,
    creditLine,
    ...(instructions === undefined ? {} : { instructions }),
  }
  const merged = Object.entries({ ...asset, ...own, ...licence }).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined)
  return Object.fromEntries(merged)
}

/**
 * The licence and the asset's own fields as blocks for the file that leaves under it (IPTC Core and Extension, XMP rights,
 * PLUS License Data Format). The same licence and asset give the same bytes: ranges of one file can be asked for twice.
 */
export const licencePacket = (document: LicenceDocument, asset: FieldValues, origin: string): Packet =>
  packetOf(licensedValues(document, asset, origin))
