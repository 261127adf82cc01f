import { Tabs } from '#app/components/ui/tabs.tsx'

/** The pages of one asset, in the order in which people come to need them; '' is the record itself. */
const pages = [
  { at: '', label: 'Record' },
  { at: 'metadata', label: 'File metadata' },
  { at: 'versions', label: 'Versions' },
  { at: 'discussion', label: 'Discussion' },
  { at: 'life', label: 'Life' },
] as const
export type AssetTab = (typeof pages)[number]['at']

/** The way between the pages of one asset. */
export function AssetTabs({ assetId, current }: { assetId: string; current: AssetTab }) {
  const tabs = pages.map(({ at, label }) => ({
    to: `/library/assets/${assetId}${at && `/${at}`}`,
    label,
    current: at === current,
  }))
  return tabs.length > 1 ? <Tabs label="Pages of this asset" tabs={tabs} /> : null
}
