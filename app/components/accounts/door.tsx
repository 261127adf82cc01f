import type { ReactNode } from 'react'
import { Page, Stack } from '../ui/layout.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Panel } from '../ui/surfaces.tsx'

interface DoorProps {
  eyebrow?: string
  title: string
  lead?: ReactNode
  children: ReactNode
  /** Other ways on, below the box. */
  aside?: ReactNode
}

/** The frame of every page at the entrance: one question in one box. */
export function Door({ eyebrow, title, lead, children, aside }: DoorProps) {
  return (
    <Page width="form">
      <PageHeader title={title} {...(eyebrow && { eyebrow })}>
        {lead}
      </PageHeader>
      <Stack gap="lg">
        <Panel>{children}</Panel>
        {aside && (
          <div className="small">
            <Stack gap="sm">{aside}</Stack>
          </div>
        )}
      </Stack>
    </Page>
  )
}
