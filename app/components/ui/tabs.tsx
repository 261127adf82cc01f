import { Link } from './link.tsx'

export interface Tab {
  to: string
  label: string
  count?: number | undefined
  current?: boolean
}

/** Views of one list, each with its own address. The page says which is current. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, label: text, count, current }) => (
        <Link key={to} to={to} aria-current={current ? 'page' : undefined} preventScrollReset>
          {text} {count !== undefined && <span className="numeric">{count}</span>}
        </Link>
      ))}
    </nav>
  )
}
