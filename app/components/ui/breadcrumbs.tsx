import { useTranslations } from 'use-intl'
import { Link } from './link.tsx'

/** Where this page stands; the page itself is not listed. */
export function Breadcrumbs({ trail }: { trail: readonly { to: string; label: string }[] }) {
  const t = useTranslations('ui')
  return (
    <nav className="breadcrumbs" aria-label={t('breadcrumbs')}>
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
