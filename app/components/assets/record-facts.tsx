import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { audienceWords } from '#services/assets/rules/asset-words.ts'
import type { EditableRecord } from './metadata-form.tsx'

const known = (answer: boolean | null): string => (answer === null ? 'Nobody has said' : answer ? 'Yes' : 'No')

/** The record for those who may read it and not write it. */
export function RecordFacts({ asset }: { asset: Omit<EditableRecord, 'beside'> }) {
  const sold = [asset.sellsRoyaltyFree && 'Royalty-free', asset.sellsRightsManaged && 'Rights-managed'].filter(Boolean).join(', ')
  return (
    <DescriptionList
      facts={[
        { term: 'Description', detail: asset.description },
        { term: 'Alternative text', detail: asset.altText },
        { term: 'Extended description', detail: asset.extendedDescription },
        { term: 'Keywords', detail: asset.keywords.join(', ') },
        { term: 'Creator', detail: asset.creator },
        { term: 'Credit line', detail: asset.creditLine },
        { term: 'Copyright', detail: asset.copyrightNotice },
        { term: 'Source', detail: asset.source },
        { term: 'Date created', detail: asset.dateCreated },
        { term: 'Audience', detail: audienceWords[asset.audience] },
        { term: 'Sold', detail: sold || 'Not sold' },
        { term: 'Use', detail: asset.editorialOnly ? 'Editorial only' : null },
        { term: 'People shown', detail: known(asset.showsPeople) },
        { term: 'Property shown', detail: known(asset.showsProperty) },
        ...asset.own.fields.map(({ label, words }) => ({ term: label, detail: words })),
      ]}
    />
  )
}
