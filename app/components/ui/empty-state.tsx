import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** A list without rows: says why it is empty and what to do about it. */
export function EmptyState({
  icon = 'inbox',
  title,
  children,
  action,
  as: Heading = 'h2',
}: {
  icon?: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  as?: 'h2' | 'h3'
}) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}
