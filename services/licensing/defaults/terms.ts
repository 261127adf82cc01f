import type { LicenceModel } from '../rules/models.ts'
import { credit, ending, law, neverAllowed, numbered, parties, warranty, type Clause } from './clauses.ts'
import { defaultPriceBook } from './price-book.ts'

const count = (n: number | undefined): string => (n ?? 0).toLocaleString('en-GB')
const standard = defaultPriceBook.royaltyFree.ROYALTY_FREE_STANDARD.scope.limits ?? {}
const extended = defaultPriceBook.royaltyFree.ROYALTY_FREE_EXTENDED.scope.limits ?? {}

const seats = (most: number | undefined): string =>
  `Up to ${count(most)} people of the licensee, or who work for it, may work with the file. The licensee keeps a list of them and answers for what they do.`

const royaltyFree = (grant: string[]): Clause[] => [
  parties,
  {
    heading: 'Grant',
    says: [
      'The licensor grants the licensee the right, not exclusive and without an end in time, to use the work worldwide in the media named in the certificate, as often as the licensee likes, for one payment.',
      ...grant,
      'The licensee may crop, recolour and combine the work. The right covers the licensee’s own purposes and one end client where the certificate names one.',
    ],
  },
  neverAllowed,
  credit,
  warranty,
  ending,
  law,
]

/** The texts that a new house starts with. Have them read by counsel of the house’s country before the first sale. */
export const defaultTerms: Record<LicenceModel, { title: string; body: string }> = {
  ROYALTY_FREE_STANDARD: {
    title: 'Royalty-free licence, standard',
    body: numbered(
      royaltyFree([
        `All printed copies in which the work appears together number at most ${count(standard.printRun)}. Broadcasts, streams and films that show it reach at most ${count(standard.viewers)} viewers together. Pages and posts on the internet are not counted.`,
        seats(standard.seats),
        'Goods for sale whose value lies in the work (posters, cards, clothing, mugs, calendars, games, templates) are not covered; packaging of other goods is.',
      ]),
    ),
  },
  ROYALTY_FREE_EXTENDED: {
    title: 'Royalty-free licence, extended',
    body: numbered(
      royaltyFree([
        'The number of copies, viewers and impressions is not limited.',
        seats(extended.seats),
        'Goods for sale that bear the work are covered, also where their value lies in it, and templates in which the buyer cannot take the work out as a file of its own.',
      ]),
    ),
  },
  RIGHTS_MANAGED: {
    title: 'Rights-managed licence',
    body: numbered([
      parties,
      {
        heading: 'Grant',
        says: [
          'The licensor grants the licensee the right to use the work in the media, places, industries and term that the certificate names, within the quantities stated there, and in no others. What is not named is not granted.',
          'Media on the internet are licensed by the audience that they address: a use is within the territory where its language, currency, delivery or advertising addresses people there. The licensee need not lock out visitors from elsewhere.',
          'The term runs from the first day to the last day stated, whether or not the work is used.',
          'The licensee may crop the work and adapt its colours to the medium; other changes need the licensor’s consent in text form.',
        ],
      },
      {
        heading: 'Exclusivity',
        says: [
          'Where the certificate says “exclusive”, the licensor grants nobody else, and does not itself exercise, any right that overlaps the scope within the term. It keeps a register in which overlapping grants cannot be entered.',
          'Grants outside the scope, and the showing of the work as an example of the author’s or the house’s work, remain free.',
          'Where the certificate says “non-exclusive”, the licensor may grant the same rights to others at any time.',
        ],
      },
      {
        heading: 'More than the scope',
        says: [
          'A wider use needs an upgrade before it begins. Its price is the difference between the price of the wider and of the present scope in the price book by which the present licence, or the first of several, was bought.',
          'For a use outside the scope the licensee pays the price of the licence that it would have needed, and half as much again where it did not tell the licensor of its own accord. The licensee may show that the damage is smaller, the licensor that it is greater.',
        ],
      },
      neverAllowed,
      credit,
      warranty,
      ending,
      law,
    ]),
  },
  PARTNER_GRANT: {
    title: 'Grant to a partner',
    body: numbered([
      parties,
      {
        heading: 'Grant',
        says: [
          'The house allows its partner to use the work, without a price and not exclusively, in the scope and term of the certificate, in order to present, sell or report on the house’s products and brand. The grant follows the cooperation of the parties and ends with it.',
          'The partner uses the newest version that the portal offers and replaces withdrawn files within 30 days after the portal has told it so.',
          'Logos, colours and layouts are used as the house’s guidelines say. The partner acquires no right in the house’s signs.',
          'Agencies that work for the partner may handle the file for that purpose; the partner answers for them.',
        ],
      },
      neverAllowed,
      credit,
      ending,
      law,
    ]),
  },
  INTERNAL_GRANT: {
    title: 'Grant for the house’s own use',
    body: numbered([
      {
        heading: 'Grant',
        says: [
          'The rights department allows the department named in the certificate to use the work in the scope and term stated there.',
          'The grant reaches no further than the contracts under which the house itself holds the work. A use outside the scope needs a new request before it begins.',
          'The file is fetched from the library for each project, so that withdrawn works and ended rights are noticed; copies in private folders are not a source.',
        ],
      },
      credit,
      {
        heading: 'End of the grant',
        says: [
          'The grant ends at midnight after its last day, in the time zone named in the certificate. After that the department makes no new copies and takes the work out of everything that it can still change.',
          'The rights department may end the grant at any time, in particular where a person shown withdraws consent.',
        ],
      },
    ]),
  },
  COMP: {
    title: 'Layout licence',
    body: numbered([
      parties,
      {
        heading: 'Grant',
        says: [
          'The licensor allows the licensee to use the work in drafts and layouts that are shown to the licensee’s own people and to one client, for 30 days at most, without a price.',
          'Drafts are not published, not shown to consumers in tests, and not printed in more than 20 copies.',
          'Publication needs a licence that is bought before it. At the end of the term the licensee deletes the file.',
        ],
      },
      neverAllowed,
      law,
    ]),
  },
}
