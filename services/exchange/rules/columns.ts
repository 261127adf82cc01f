import type { TableKind } from './kinds.ts'

export interface Column {
  name: string
  /** Whether each row must say something here. */
  required: boolean
  help: string
  example: string
}

const column = (name: string, required: boolean, help: string, example: string): Column => ({ name, required, help, example })

const asset = column(
  'asset',
  true,
  'Which picture: its id, its title, or the name of its file. It must fit one picture only.',
  'harbour-at-dawn.jpg',
)
const scope = (needed: boolean): Column[] => [
  column(
    'media',
    needed,
    'Media codes or names, several with | between them. ALL stands for everything, later media included.',
    'web-banner|social',
  ),
  column(
    'territory',
    needed,
    'Codes or names of countries and areas, several with |. “except” takes places out again.',
    'WORLD except JP|CN',
  ),
  column('industry', false, 'Industry codes or names, several with |. Empty: all industries.', ''),
  column('from', true, 'First day, as year-month-day.', '2026-01-01'),
  column('until', false, 'Last day, as year-month-day. Empty: without end.', '2028-12-31'),
  column('zone', false, 'The time zone in which the days begin and end. Empty: the house’s own.', 'Europe/Berlin'),
]
const replaces = (what: string): Column =>
  column('replaces', false, `yes: what is recorded now for the same picture and ${what} ends, and this row stands in its place.`, 'no')
const title = column('title', false, 'For the reader only: exports fill it in, imports pass over it.', 'Harbour at dawn')

/** The columns of each kind of file, in the order in which templates and exports write them. */
export const columns: Record<TableKind, readonly Column[]> = {
  ACQUISITIONS: [
    asset,
    title,
    column('contract', true, 'The number or name under which the contract is filed.', 'BR-2026-014'),
    column('licensor', true, 'From whom the rights come.', 'Studio Brandt'),
    column('sub_licensable', true, 'yes: may be licensed on to others. no: for our own people only.', 'yes'),
    column('exclusive', false, 'yes: held exclusively. Empty: no.', 'no'),
    ...scope(true),
    replaces('contract'),
  ],
  RELEASES: [
    asset,
    title,
    column('kind', true, 'MODEL for a person, PROPERTY for a building, an artwork, a brand.', 'MODEL'),
    column('status', true, 'UNLIMITED, LIMITED (to the scope of this row), NONE (refused), NOT_APPLICABLE or WITHDRAWN.', 'LIMITED'),
    column('reference', true, 'Under which number or name the signed paper is filed.', 'MR-0815 Ada M.'),
    column('minor', false, 'yes: the person is a child. Nothing sensitive is ever covered. Empty: no.', 'no'),
    column('guardian', false, 'Who signed for the child. Needed wherever minor says yes.', ''),
    column('ai_uses', false, 'yes: uses by and with AI were consented to expressly. Empty: no.', 'no'),
    column('sensitive', false, 'Sensitive industries that were consented to expressly, several with |.', ''),
    ...scope(false),
    replaces('kind and reference'),
  ],
  RESTRICTIONS: [
    asset,
    title,
    column('kind', true, 'EMBARGO, EDITORIAL_ONLY, HOLDBACK, LEGAL_HOLD, SENSITIVE or OTHER.', 'EMBARGO'),
    column('reason', true, 'One sentence; every refusal cites it.', 'Not before the fair'),
    column('reference', false, 'The contract or letter that says so.', 'Letter of 3 March'),
    ...scope(true),
    replaces('kind and reference'),
  ],
  SALES: [
    asset,
    title,
    column('shop', true, 'Who sold it.', 'Alpine Stock'),
    column('reference', true, 'The number of the sale there. Shop and number together are used once.', 'AS-77123'),
    column('holder', false, 'To whom it was sold, where the shop says so.', 'Kontor GmbH'),
    column('sold_at', true, 'The day (or the instant, in ISO 8601) of the sale.', '2026-03-02'),
    column('exclusive', true, 'yes or no.', 'no'),
    ...scope(true),
    column('limits', false, 'Numbers that bound the sale, several with |: printRun, impressions, viewers, seats, pixels.', 'printRun=5000'),
  ],
}

/** Which columns of a row without media and territory mean everything: whoever refused, refused it all. */
export const wholeWhenEmpty = ['UNLIMITED', 'NONE', 'NOT_APPLICABLE', 'WITHDRAWN'] as const
