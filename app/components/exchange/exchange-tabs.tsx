import { Tabs } from '#app/components/ui/tabs.tsx'

/** The two directions of files. */
export function ExchangeTabs({ current }: { current: 'imports' | 'exports' }) {
  return (
    <Tabs
      label="Import and export"
      tabs={[
        { to: '/rights/imports', label: 'Import', current: current === 'imports' },
        { to: '/rights/exports', label: 'Export', current: current === 'exports' },
      ]}
    />
  )
}
