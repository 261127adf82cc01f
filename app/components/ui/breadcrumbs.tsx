import { Link } from '@remix-run/react'

/** Where this page stands; the page itself is not listed. */
export function Breadcrumbs({ trail }: { trail: readonly { to: string; label: string }[] }) {
  return (
    <nav className="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        {trail.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
