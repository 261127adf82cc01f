/** What the steps of an asset's life are called in its history; types that are not here are no steps of its life. */
export const lifeFacts = {
  'asset.uploaded': 'Uploaded',
  'asset.submitted': 'Sent for review',
  'asset.approved': 'Approved',
  'asset.changes-asked': 'Changes asked for',
  'asset.rejected': 'Rejected',
  'asset.scheduled': 'Publication planned',
  'asset.unscheduled': 'Plan taken back',
  'asset.schedule-refused': 'Not published at its time',
  'asset.withdrawal-planned': 'End of publication planned',
  'asset.published': 'Published',
  'asset.withdrawn': 'Withdrawn',
  'asset.held': 'Put on hold',
  'asset.resumed': 'Hold ended',
  'asset.embargoed': 'Put under embargo',
  'asset.embargo-ended': 'Embargo ended',
  'asset.use-end-set': 'End of use set',
  'asset.expired': 'Expired',
  'asset.archived': 'Archived',
  'asset.restored': 'Restored as a draft',
  'asset.taken-back': 'Taken back',
  'asset.deleted': 'Put in the bin',
  'asset.purged': 'Purged: its bytes are gone for good',
  'legal-hold.set': 'Put on legal hold',
  'legal-hold.released': 'Legal hold released',
} as const
export type LifeFact = keyof typeof lifeFacts
export const isLifeFact = (type: string): type is LifeFact => type in lifeFacts

export type Planned = 'publish' | 'unpublish' | 'embargo-ends' | 'use-ends' | 'purge'
export const plannedWords: Record<Planned, string> = {
  publish: 'Publication',
  unpublish: 'End of publication',
  'embargo-ends': 'End of the embargo',
  'use-ends': 'End of use',
  purge: 'Purge: its bytes go for good',
}
