import type { ReactNode } from 'react'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'

/** The frame of the pages on which something is written down about an asset's rights. */
export function RecordingPage({
  asset,
  title,
  intro,
  children,
}: {
  asset: { id: string; title: string }
  title: string
  intro: string
  children: ReactNode
}) {
  const trail = [
    { to: '/rights', label: 'Rights' },
    { to: `/rights/assets/${asset.id}`, label: asset.title },
  ]
  return (
    <Page width="narrow">
      <Breadcrumbs trail={trail} />
      <PageHeader title={title}>{intro}</PageHeader>
      {children}
    </Page>
  )
}
