import { Link } from './link.tsx'
import { useRowInSight } from './row-in-sight.ts'

export interface Tab {
  to: string
  label: string
  count?: number | undefined
  current?: boolean
}

/** Views of one list, each with its own address. The page says which is current. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const row = useRowInSight(tabs.find(({ current }) => current)?.to)
  return (
    <nav className="tabs" {...row} aria-label={label}>
      {tabs.map(({ to, label: text, count, current }) => (
        <Link key={to} to={to} aria-current={current ? 'page' : undefined} preventScrollReset>
          {text} {count !== undefined && <span className="numeric">{count}</span>}
        </Link>
      ))}
    </nav>
  )
}
