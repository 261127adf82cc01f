import type { TableKind } from './kinds.ts'

/** What can be taken out as rows. Licences leave in the columns of sales: to another house they are the sales of another shop. */
export const exportKinds = ['acquisitions', 'releases', 'restrictions', 'licences', 'sales'] as const
export type ExportKind = (typeof exportKinds)[number]

export const exportFiles: Record<ExportKind, { table: TableKind; file: string; label: string; help: string }> = {
  acquisitions: { table: 'ACQUISITIONS', file: 'rights-acquired', label: 'Rights acquired', help: 'What source contracts give the house.' },
  releases: { table: 'RELEASES', file: 'releases', label: 'Releases', help: 'Consents of people and of owners, refusals and withdrawals.' },
  restrictions: {
    table: 'RESTRICTIONS',
    file: 'restrictions',
    label: 'Restrictions',
    help: 'Embargoes, holdbacks, legal holds and other bans.',
  },
  licences: {
    table: 'SALES',
    file: 'licences',
    label: 'Licences',
    help: 'The scopes that our own licences occupy, as sales: another house imports them so.',
  },
  sales: {
    table: 'SALES',
    file: 'sales-of-other-shops',
    label: 'Sales of other shops',
    help: 'What other shops sold, collisions included.',
  },
}
